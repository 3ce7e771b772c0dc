//! Which run a folder is for, and what becomes of what it holds.

use std::fs;

use super::{TRAIN, digits, fail, folder, names, succeed};

#[test]
fn a_folder_keeps_its_run() {
    let here = folder("kept");
    digits(&here);
    succeed(&here, &format!("{TRAIN} --steps 4 --every 2 --out run"));
    let kept = fs::read(here.join("run/checkpoint.safetensors")).unwrap();
    let other = format!("{TRAIN} --seed 7 --steps 1");
    let error = fail(&here, &format!("{other} --out run"));
    for words in ["holds another run", "--resume run/", "--overwrite", "--out"] {
        assert!(error.contains(words), "{error}");
    }
    succeed(&here, &format!("{other} --out second"));
    let resume = "train --data data --resume second/checkpoint.safetensors --steps 2";
    fail(&here, &format!("{resume} --out run"));
    assert!(fs::read(here.join("run/checkpoint.safetensors")).unwrap() == kept);

    // A table that is none of a run's is not written over.
    fs::write(here.join("second/losses.csv"), "my,own\n").unwrap();
    let error = fail(&here, &format!("{resume} --out second"));
    assert!(error.contains("second/losses.csv: its first line") && error.contains("move it away"));

    // The same run may begin again at an earlier state of its own.
    fs::rename(here.join("run/checkpoint.safetensors"), here.join("four")).unwrap();
    fail(&here, &format!("{other} --out run"));
    fs::copy(here.join("four"), here.join("run/checkpoint.safetensors")).unwrap();
    succeed(&here, "train --data data --resume four --steps 5 --out run");

    succeed(&here, &format!("{resume} --out run --overwrite"));
    let left = [
        ".lock",
        "checkpoint.safetensors",
        "losses.csv",
        "step-2.png",
    ];
    assert_eq!(names(&here.join("run")), left);
    let csv = fs::read_to_string(here.join("run/losses.csv")).unwrap();
    let steps: Vec<_> = csv.lines().skip(1).map(|line| &line[..2]).collect();
    assert_eq!(steps, ["2,"], "of the run that goes on alone");
}

#[test]
fn a_run_that_left_no_checkpoint_begins_again_by_its_own_command() {
    let here = folder("beginnings");
    digits(&here);
    let train = format!("{TRAIN} --steps 2 --out run");
    succeed(&here, &train);
    let own = "run/checkpoint.safetensors";
    let whole = fs::read(here.join(own)).unwrap();

    // Its own command is not that of another run.
    let error = fail(&here, &train);
    for words in [
        "run: it holds this run, at step 2",
        "--resume run/checkpoint.safetensors goes on with it",
        "--overwrite",
        "another --out",
    ] {
        assert!(error.contains(words), "{error}");
    }

    // Ended from outside before its first checkpoint.
    fs::rename(here.join(own), here.join("two")).unwrap();
    fs::remove_file(here.join("run/step-2.png")).unwrap();
    let resume = "train --data data --resume two --steps 3 --out run";
    let error = fail(&here, resume);
    let said = "it holds the beginnings of a run without a checkpoint";
    assert!(error.contains(said), "{error}");
    succeed(&here, &train);
    assert!(fs::read(here.join(own)).unwrap() == whole);

    // Pictures are more than beginnings, and another's table is no run's.
    fs::remove_file(here.join(own)).unwrap();
    let error = fail(&here, &train);
    assert!(error.contains("without a checkpoint"), "{error}");
    assert!(!error.contains("beginnings") && !error.contains("--resume"));
    fs::create_dir(here.join("other")).unwrap();
    fs::write(here.join("other/losses.csv"), "my,own\n1,2\n").unwrap();
    fail(&here, &train.replace("--out run", "--out other"));
    assert!(fs::read(here.join("other/losses.csv")).unwrap() == b"my,own\n1,2\n");

    // What cannot be read cannot go on.
    fs::write(here.join(own), "cut").unwrap();
    let error = fail(&here, &train);
    assert!(
        error.contains("its run cannot go on: run/checkpoint"),
        "{error}"
    );
    assert!(!error.contains("--resume"), "{error}");
}

#[test]
fn a_run_does_not_go_on_beside_where_its_folder_stands() {
    let here = folder("stands");
    digits(&here);
    succeed(&here, &format!("{TRAIN} --steps 2 --every 1 --out run"));
    fs::copy(here.join("run/checkpoint.safetensors"), here.join("two")).unwrap();
    let resume = "train --data data --every 1 --resume";
    let own = "run/checkpoint.safetensors";
    succeed(&here, &format!("{resume} {own} --steps 4 --out run"));
    let kept = fs::read(here.join(own)).unwrap();
    fs::copy(here.join(own), here.join("four")).unwrap();
    let left = |run: &str| {
        let csv = fs::read_to_string(here.join(run).join("losses.csv")).unwrap();
        let step = |line: &str| line.split(',').next().unwrap().to_string();
        let steps: Vec<_> = csv.lines().skip(1).map(step).collect();
        let pictures = names(&here.join(run));
        let pictures = pictures.into_iter().filter(|name| name.ends_with(".png"));
        (steps.join(" "), pictures.collect::<Vec<_>>().join(" "))
    };

    // An earlier state.
    let earlier = format!("{resume} two --steps 3 --out run");
    let error = fail(&here, &earlier);
    for words in [
        "run: ",
        "stands at step 4",
        "from step 2",
        "--overwrite",
        "another --out",
    ] {
        assert!(error.contains(words), "{error}");
    }
    assert!(fs::read(here.join(own)).unwrap() == kept);
    succeed(&here, &format!("{earlier} --overwrite"));
    let found = left("run");
    assert_eq!(
        found,
        ("1 2 3".into(), "step-1.png step-2.png step-3.png".into())
    );

    // A later one would leave a hole.
    let later = format!("{resume} four --steps 5 --out run");
    let error = fail(&here, &later);
    for words in [
        "stands at step 3",
        "from step 4",
        "losses between",
        "--overwrite",
    ] {
        assert!(error.contains(words), "{error}");
    }
    succeed(&here, &format!("{later} --overwrite"));
    assert_eq!(left("run"), ("5".into(), "step-5.png".into()));
}

#[test]
fn a_folder_that_cannot_be_emptied_is_left_whole() {
    let here = folder("whole-or-none");
    digits(&here);
    succeed(&here, &format!("{TRAIN} --steps 2 --every 1 --out run"));
    fs::create_dir(here.join("run/step-7.png")).unwrap();
    let before = names(&here.join("run"));
    let error = fail(
        &here,
        &format!("{TRAIN} --seed 7 --steps 1 --out run --overwrite"),
    );
    assert!(error.contains("step-7.png: this is a folder"), "{error}");
    assert_eq!(names(&here.join("run")), before);
}

#[test]
fn a_run_goes_on_with_its_own_data() {
    let here = folder("data");
    digits(&here);
    succeed(&here, &format!("{TRAIN} --steps 1 --out run"));
    let images = here.join("data/train-images-idx3-ubyte");
    let mut bytes = fs::read(&images).unwrap();
    *bytes.last_mut().unwrap() ^= 1;
    fs::write(&images, bytes).unwrap();
    let resume = "train --data data --resume run/checkpoint.safetensors --steps 2 --out";
    let error = fail(&here, &format!("{resume} run"));
    let expected = "run/checkpoint.safetensors: its run learned from other data";
    assert!(error.contains(expected), "{error}");
    succeed(&here, &format!("{resume} run --other-data"));
}
