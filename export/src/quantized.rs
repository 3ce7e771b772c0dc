//! Numbers small enough for a page: weights as whole numbers of a few levels, deflated, as text of 91 characters.

use std::io::Write;

use flate2::Compression;
use flate2::write::DeflateEncoder;

/// Numbers on their way into a page, in the order in which it reads them.
pub(crate) struct Quantized {
    /// The largest whole number that a weight becomes.
    levels: f32,
    whole: Vec<u8>,
    floats: Vec<u8>,
}

/// Numbers as text.
pub(crate) struct Packed {
    /// Whole numbers; floats of 32 bits follow them.
    pub(crate) whole: usize,
    /// Deflated.
    pub(crate) bytes: usize,
    pub(crate) text: String,
}

impl Quantized {
    pub(crate) fn new(levels: u8) -> Self {
        Self {
            levels: f32::from(levels),
            whole: Vec::new(),
            floats: Vec::new(),
        }
    }

    /// Adds weights, each row in parts of its largest number: a float a row, and a byte a weight.
    pub(crate) fn weights(&mut self, weights: &[f32], rows: usize) {
        for row in weights.chunks(weights.len() / rows) {
            let largest = row.iter().fold(0.0, |most: f32, x| most.max(x.abs()));
            let unit = largest / self.levels;
            self.floats(&[unit]);
            let whole = |x: &f32| match unit > 0.0 {
                true => (x / unit).round() as i8,
                false => 0,
            };
            self.whole.extend(row.iter().map(|x| whole(x) as u8));
        }
    }

    /// Adds numbers as they are.
    pub(crate) fn floats(&mut self, numbers: &[f32]) {
        let bytes = numbers.iter().flat_map(|number| number.to_le_bytes());
        self.floats.extend(bytes);
    }

    /// Characters that the weights take at least: as many bits each as tell how often its like occurs.
    pub(crate) fn least(&self) -> usize {
        let mut counts = [0_u32; 256];
        for &whole in &self.whole {
            counts[usize::from(whole)] += 1;
        }
        let all = self.whole.len() as f64;
        let counts = counts.iter().filter(|&&count| count > 0);
        let bits: f64 = counts
            .map(|&count| f64::from(count) * (all / f64::from(count)).log2())
            .sum();
        (bits / 13.0 * 2.0) as usize
    }

    pub(crate) fn pack(self) -> Packed {
        let mut encoder = DeflateEncoder::new(Vec::new(), Compression::best());
        let bytes = encoder
            .write_all(&self.whole)
            .and_then(|()| encoder.write_all(&self.floats))
            .and_then(|()| encoder.finish())
            .expect("memory takes all that is written");
        Packed {
            whole: self.whole.len(),
            bytes: bytes.len(),
            text: text(&bytes),
        }
    }
}

/// Two characters for 13 bits, the lowest first: 91² is more than 2¹³, and of the 94 characters that can be seen
/// three are left out that mean something to HTML or JavaScript.
fn text(bytes: &[u8]) -> String {
    let alphabet: Vec<char> = ('!'..='~')
        .filter(|&c| !['"', '<', '\\'].contains(&c))
        .collect();
    let mut text = String::with_capacity(bytes.len() * 5 / 4 + 4);
    let (mut bits, mut count) = (0_u32, 0);
    let mut put = |bits: u32| {
        let value = (bits & 0x1fff) as usize;
        text.extend([alphabet[value % 91], alphabet[value / 91]]);
    };
    for &byte in bytes {
        bits |= u32::from(byte) << count;
        count += 8;
        if count >= 13 {
            put(bits);
            bits >>= 13;
            count -= 13;
        }
    }
    if count > 0 {
        put(bits);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::Quantized;

    #[test]
    fn weights_are_whole_parts_of_their_rows_largest() {
        let mut quantized = Quantized::new(127);
        quantized.weights(&[1.0, -0.5, 0.0, 0.0], 2);
        assert_eq!(quantized.whole, [127, -64_i8 as u8, 0, 0]);
        let units = [1.0_f32 / 127.0, 0.0].map(f32::to_le_bytes);
        assert_eq!(quantized.floats, units.concat());
    }

    #[test]
    fn text_has_no_character_that_ends_a_script() {
        let bytes: Vec<u8> = (0..=u8::MAX).cycle().take(4000).collect();
        let text = super::text(&bytes);
        assert!(text.chars().all(|c| ('!'..='~').contains(&c)));
        assert!(!text.contains(['"', '<', '\\']));
        assert!(text.len() <= bytes.len() * 16 / 13 + 2, "{}", text.len());
    }
}
