//! What the command line says: of itself, of what is wrong, and of how far it is.

use std::fs;

use super::{digits, digits_of, fail, folder, run, succeed};

#[test]
fn every_damaged_file_is_named() {
    let here = folder("named");
    let kinds = [
        "train-images-idx3",
        "train-labels-idx1",
        "t10k-images-idx3",
        "t10k-labels-idx1",
    ];
    for kind in kinds {
        for damage in ["<!doctype html>", "", "cut"] {
            digits(&here);
            let path = format!("data/{kind}-ubyte");
            let bytes = fs::read(here.join(&path)).unwrap();
            let bytes = match damage {
                "cut" => &bytes[..bytes.len() - 1],
                text => text.as_bytes(),
            };
            fs::write(here.join(&path), bytes).unwrap();
            let error = fail(&here, "classifier --data data --out o");
            assert!(error.contains(&format!("{kind}-ubyte")), "{error}");
        }
    }
    digits(&here);
    let labels = "data/t10k-labels-idx1-ubyte";
    fs::copy(here.join("data/train-labels-idx1-ubyte"), here.join(labels)).unwrap();
    let error = fail(&here, "classifier --data data --out o");
    for name in ["t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte"] {
        assert!(error.contains(name), "{error}");
    }

    digits(&here);
    fs::write(here.join("text.txt"), "text").unwrap();
    for words in [
        "train --data data --resume text.txt --out o",
        "export text.txt --out o",
        "sample text.txt --out o",
        "evaluate text.txt --data data",
        "evaluate text.txt --data data --classifier text.txt",
    ] {
        let error = fail(&here, words);
        assert!(error.contains("webgan: text.txt: "), "{words}: {error}");
    }
}

#[test]
fn what_is_no_network_is_called_what_it_is() {
    let here = folder("no-network");
    digits(&here);
    let labels = "data/train-labels-idx1-ubyte";
    for (name, bytes, said) in [
        (
            "step-2.png",
            b"\x89PNG\r\n\x1a\n rest".as_slice(),
            "this is a PNG picture",
        ),
        (
            "losses.csv",
            b"step,discriminator_real\n1,0.5\n",
            "this is a text",
        ),
        (
            "page",
            b"<!doctype html><title>404</title>",
            "this is a web page",
        ),
        ("empty", b"", "this is empty"),
        (labels, &fs::read(here.join(labels)).unwrap(), "IDX"),
        // What begins as one is damaged.
        (
            "cut",
            b"\x60\0\0\0\0\0\0\0{\"__metadata__\":{",
            "the file is damaged",
        ),
    ] {
        fs::write(here.join(name), bytes).unwrap();
        for words in [
            format!("sample {name} --out x"),
            format!("export {name} --out x"),
            format!("evaluate {name} --data data"),
            format!("evaluate x --data data --classifier {name}"),
            format!("train --data data --resume {name} --out o"),
        ] {
            let error = fail(&here, &words);
            let named = format!("webgan: {name}: ");
            assert!(
                error.contains(&named) && error.contains(said),
                "{words}: {error}"
            );
        }
    }
}

#[test]
fn where_there_is_nothing_the_way_to_get_it_is_told() {
    let here = folder("nothing");
    let error = fail(&here, "train --out o");
    for words in [
        "www/data/mnist: there is no such file or folder",
        "npm run data",
        "--data",
    ] {
        assert!(error.contains(words), "{error}");
    }
}

/// Names an endless file where the system has one.
#[cfg(target_os = "linux")]
#[test]
fn a_file_without_an_end_is_not_read_for_ever() {
    let here = folder("endless");
    digits(&here);
    std::os::unix::fs::symlink("/dev/zero", here.join("endless")).unwrap();
    for words in [
        "export endless --out o",
        "sample endless --out o",
        "train --data data --resume endless --out o",
    ] {
        let error = fail(&here, words);
        assert!(
            error.contains("endless: it goes on behind 256 MB"),
            "{words}: {error}"
        );
    }
    let images = here.join("data/train-images-idx3-ubyte");
    fs::remove_file(&images).unwrap();
    std::os::unix::fs::symlink("/dev/zero", images).unwrap();
    let error = fail(&here, "train --data data --out o");
    assert!(error.contains("no images to train on"), "{error}");
    assert!(!here.join("o").exists());
}

#[test]
fn a_folder_for_a_file_and_a_file_for_a_folder_are_told_apart() {
    let here = folder("folders");
    digits(&here);
    let train = "train --preset dense --data data --set batch_size=16 --steps 1 --out";
    succeed(&here, &format!("{train} run"));
    let file = "run/checkpoint.safetensors";
    for words in [
        "sample run --out x",
        "export run --out x",
        "evaluate run --data data",
        "train --data data --resume run --out run",
    ] {
        let error = fail(&here, words);
        let said = format!("run: this is a folder, and a file is asked for; a run's is {file}");
        assert!(error.contains(&said), "{words}: {error}");
    }
    let error = fail(&here, "sample data --out x");
    assert!(error.contains("data: this is a folder"), "{error}");
    for words in [
        &format!("sample {file} --out data"),
        &format!("export {file} --out data"),
        // At once: so many steps take hours.
        "classifier --data data --steps 1000000 --out data",
    ] {
        let error = fail(&here, words);
        assert!(error.contains("data: this is a folder"), "{words}: {error}");
    }
    let error = fail(&here, &format!("{train} {file}"));
    assert!(
        error.contains(&format!("{file}: this is no folder")),
        "{error}"
    );
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink("nowhere", here.join("link")).unwrap();
        let error = fail(&here, &format!("{train} link"));
        assert!(error.contains("webgan: link: this is no folder"), "{error}");
    }
    let error = fail(&here, &format!("sample {file} --out -"));
    assert!(error.contains("/dev/stdout"), "{error}");
    assert!(!here.join("-").exists());
}

#[test]
fn bad_times_are_misuse() {
    let here = folder("times");
    for seconds in ["nan", "inf", "1e20", "-0.5", "0", "long"] {
        for words in [
            format!("--seconds={seconds}"),
            format!("--seconds {seconds}"),
        ] {
            let output = run(&here, &format!("bench {words}"));
            let error = String::from_utf8(output.stderr).unwrap();
            assert_eq!(output.status.code(), Some(2), "{words}: {error}");
            assert!(
                error.contains("expected seconds, 0.001 to 3600"),
                "{words}: {error}"
            );
        }
    }
    assert_eq!(run(&here, "bench --preset mpl").status.code(), Some(2));
}

#[cfg(feature = "remote")]
#[test]
fn a_place_to_listen_at_is_told_its_form() {
    let here = folder("listen");
    for place in ["localhost", "127.0.0.1:65536", "3000"] {
        let error = fail(&here, &format!("serve --listen {place}"));
        assert!(
            error.contains(&format!("--listen {place}: expected ADDRESS:PORT"))
                && error.contains("0 to 65535"),
            "{error}"
        );
    }
}

#[test]
fn of_few_digits_it_is_told_whether_they_are_copied() {
    let here = folder("few");
    digits_of(&here, [160, 10]);
    succeed(
        &here,
        "train --preset dense --data data --steps 1 --out run",
    );
    let said = succeed(&here, "evaluate run/checkpoint.safetensors --data data");
    for words in [
        "nearest training picture",
        "fewer than 65 held-out pictures",
    ] {
        assert!(said.contains(words), "{said}");
    }
    assert!(!said.contains("Fréchet"), "{said}");
}

#[test]
fn every_preset_and_all_that_can_be_set_are_listed() {
    let here = folder("presets");
    digits(&here);
    let all = succeed(&here, "presets");
    let help = succeed(&here, "train --help");
    let all_presets = webgan::preset::presets().into_iter();
    for preset in all_presets.chain([webgan::preset::pix2pix()]) {
        let id = preset.id;
        let line = all.lines().find(|line| line.split(' ').next() == Some(id));
        let (_, about) = line.expect(id).split_once(' ').unwrap();
        assert!(
            help.contains(id) && help.contains(about.trim()),
            "{id} is not in the help"
        );
    }
    assert!(help.contains("presets --show"), "{help}");

    let shown = succeed(&here, "presets --show wgan-clip");
    for field in [
        "generator.latent=64",
        "objective=wasserstein",
        "weight_clip=0.01",
    ] {
        assert!(shown.lines().any(|line| line == field), "{field}: {shown}");
    }
    // What is shown can be set.
    let sets: String = shown.lines().map(|line| format!(" --set {line}")).collect();
    let train = "train --data data --preset wgan-clip --steps 1";
    succeed(&here, &format!("{train} --out as-shown{sets}"));
    succeed(&here, &format!("{train} --out plain"));
    let [shown, plain] = ["as-shown", "plain"]
        .map(|run| fs::read(here.join(run).join("checkpoint.safetensors")).unwrap());
    assert!(shown == plain);
}

#[test]
fn settings_are_words_or_json_and_named_where_they_are_wrong() {
    let here = folder("settings");
    digits(&here);
    let train = "train --data data --preset dense --steps 1 --out run --overwrite";
    for setting in [
        "objective=hinge",
        "objective=\"hinge\"",
        "seed=3",
        "average_decay=0.9",
    ] {
        succeed(&here, &format!("{train} --set {setting}"));
    }
    // What the page calls otherwise goes by either name.
    let checkpoint = |settings: &str| {
        succeed(&here, &format!("{train} --set {settings}"));
        fs::read(here.join("run/checkpoint.safetensors")).unwrap()
    };
    let paths = "learning_rate=0.01 --set discriminator_rate=2 --set \
                 smoothness={\"weight\":5,\"deviation\":0.1,\"fakes\":true}";
    let names = "learningRate=0.01 --set discriminatorRate=2 --set penalty=5";
    assert!(checkpoint(paths) == checkpoint(names));
    for (settings, said) in [
        ("learning_rate", "--set learning_rate: expected PATH=VALUE"),
        ("learning_rat=1", "the config has no \"learning_rat\""),
        ("learning_rat=1", "webgan presets --show dense"),
        ("generator.latnt=1", "generator has no \"latnt\""),
        ("smoothness.weight=1", "smoothness is null"),
        ("learningRate=fast", "--set learningRate=fast: "),
        ("discriminatorSteps=17", "--set discriminatorSteps=17: "),
        ("penalty", "expected PATH=VALUE"),
        ("learning_rate=fast", "--set learning_rate=fast: "),
        ("batch_size=-1", "--set batch_size=-1: "),
        ("batch_size=1e20", "expected a whole number, 0 to "),
        (
            "seed=4294967296",
            "expected a whole number, 0 to 4294967295",
        ),
        ("learning_rate=1e999", "expected a number"),
        ("batch_size=1000", "--set batch_size=NUMBER"),
        (
            "seed=2 --set batch_size=1.5 --set seed=3",
            "--set batch_size=1.5: ",
        ),
        ("objective=hing", "expected one of `non-saturating`"),
        ("learning_rate=2", "the learning rate is 2"),
    ] {
        let error = fail(&here, &format!("{train} --set {settings}"));
        assert!(error.contains(said), "{settings}: {error}");
    }
}

#[test]
fn all_long_work_tells_how_far_it_is_where_there_is_no_terminal() {
    let here = folder("progress");
    digits(&here);
    for (words, said) in [
        (
            "train --preset dense --data data --steps 2 --out run",
            ["step 0 of 2"].as_slice(),
        ),
        (
            "classifier --data data --steps 2 --out c.safetensors",
            &["classifier's step 0 of 2"],
        ),
        (
            "evaluate run/checkpoint.safetensors --data data --classifier c.safetensors --gan-train",
            &[
                "reading real pictures",
                "measuring samples",
                "drawing sample 0 of 160",
                "classifier's step 0 of 1500",
            ],
        ),
    ] {
        let output = run(&here, words);
        let error = String::from_utf8(output.stderr).unwrap();
        assert!(output.status.success(), "{words}: {error}");
        for said in said {
            assert!(error.lines().any(|line| line == *said), "{words}: {error}");
        }
    }
}
