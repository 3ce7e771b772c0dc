//! What tensors of older files are called now. Which numbers they hold, and their config, have not changed.

/// What the layers of a generator that upsamples were called while it had two doublings, and those of a classifier
/// while it had two halvings; and what they are called.
static RENAMED: [(&str, &str); 7] = [
    ("classifier.conv_28.", "classifier.convs.0."),
    ("classifier.conv_14.", "classifier.convs.1."),
    ("Upsample.norm_7.", "Upsample.norm."),
    ("Upsample.conv_14.", "Upsample.doublings.0.conv."),
    ("Upsample.norm_14.", "Upsample.doublings.0.norm."),
    ("Upsample.conv_28.", "Upsample.doublings.1.conv."),
    ("Upsample.norm_28.", "Upsample.doublings.1.norm."),
];

pub(super) fn current_name(name: &str) -> String {
    let renamed = RENAMED.iter().find(|(old, _)| name.contains(old));
    renamed.map_or_else(|| name.into(), |(old, new)| name.replacen(old, new, 1))
}

#[cfg(test)]
mod tests {
    use super::current_name;

    #[test]
    fn old_names_become_new_ones_wherever_they_stand_and_others_stay() {
        for (old, new) in [
            (
                "generator.Upsample.norm_7.gamma",
                "generator.Upsample.norm.gamma",
            ),
            (
                "optimizer.first.generator.Upsample.conv_28.weight",
                "optimizer.first.generator.Upsample.doublings.1.conv.weight",
            ),
            (
                "generator.Dcgan.norm_7.gamma",
                "generator.Dcgan.norm_7.gamma",
            ),
        ] {
            assert_eq!(current_name(old), new);
            assert_eq!(current_name(new), new);
        }
    }
}
