//! Where files are written to, and which run a folder is for.

use std::fs;
use std::path::Path;

use super::{digits, fail, folder, names, run, succeed};

const TRAIN: &str = "train --preset dense --data data --set batch_size=16";

#[cfg(unix)]
#[test]
fn links_are_followed_and_streams_written_through() {
    use std::os::unix::fs::{PermissionsExt, symlink};

    let here = folder("links");
    digits(&here);
    succeed(&here, &format!("{TRAIN} --steps 1 --out run"));
    let export = "export run/checkpoint.safetensors --out";
    succeed(&here, &format!("{export} plain"));
    let plain = fs::read(here.join("plain")).unwrap();

    fs::create_dir(here.join("elsewhere")).unwrap();
    let target = here.join("elsewhere/target");
    fs::write(&target, "old").unwrap();
    fs::set_permissions(&target, fs::Permissions::from_mode(0o640)).unwrap();
    symlink("elsewhere/target", here.join("first")).unwrap();
    symlink("first", here.join("second")).unwrap();
    succeed(&here, &format!("{export} second"));
    assert!(fs::read(&target).unwrap() == plain);
    assert_eq!(
        fs::metadata(&target).unwrap().permissions().mode() & 0o777,
        0o640
    );
    symlink("elsewhere/new", here.join("dangling")).unwrap();
    succeed(&here, &format!("{export} dangling"));
    assert!(fs::read(here.join("elsewhere/new")).unwrap() == plain);

    // As /dev/stdout is.
    symlink("/proc/self/fd/1", here.join("descriptor")).unwrap();
    symlink("descriptor", here.join("stdout")).unwrap();
    if Path::new("/proc/self/fd").exists() {
        let output = run(&here, &format!("{export} stdout"));
        assert!(output.status.success() && output.stdout == plain);
        // Redirected to a file: what the shell opened is written to, not replaced.
        let file = fs::File::create(here.join("redirected")).unwrap();
        let mut program = std::process::Command::new(env!("CARGO_BIN_EXE_webgan"));
        program
            .current_dir(&here)
            .args(export.split(' '))
            .arg("stdout");
        assert!(
            program
                .stdout(file.try_clone().unwrap())
                .status()
                .unwrap()
                .success()
        );
        assert_eq!(file.metadata().unwrap().len(), plain.len() as u64);
        // What a command says besides is not part of its file.
        let output = run(
            &here,
            "classifier --data data --steps 1 --half --out stdout",
        );
        assert!(output.stdout.len() > 1000 && !output.stdout.ends_with(b"right\n"));
    }
    for link in ["first", "second", "dangling", "descriptor", "stdout"] {
        assert!(here.join(link).is_symlink(), "{link} was replaced");
    }
}

#[test]
fn a_folder_keeps_its_run() {
    let here = folder("kept");
    digits(&here);
    succeed(&here, &format!("{TRAIN} --steps 4 --every 2 --out run"));
    let kept = fs::read(here.join("run/checkpoint.safetensors")).unwrap();
    let other = format!("{TRAIN} --seed 7 --steps 1");
    let error = fail(&here, &format!("{other} --out run"));
    for words in [
        "run holds another run",
        "--resume run/",
        "--overwrite",
        "--out",
    ] {
        assert!(error.contains(words), "{error}");
    }
    succeed(&here, &format!("{other} --out second"));
    let resume = "train --data data --resume second/checkpoint.safetensors --steps 2";
    fail(&here, &format!("{resume} --out run"));
    assert!(fs::read(here.join("run/checkpoint.safetensors")).unwrap() == kept);

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

/// The file with all numbers in 16 bits.
fn halved(bytes: &[u8]) -> Vec<u8> {
    use half::f16;
    use safetensors::tensor::{Dtype, SafeTensors, TensorView};
    let (_, header) = SafeTensors::read_metadata(bytes).unwrap();
    let file = SafeTensors::deserialize(bytes).unwrap();
    let halves = |data: &[u8]| -> Vec<u8> {
        let (words, _) = data.as_chunks::<4>();
        let numbers = words
            .iter()
            .map(|word| f16::from_f32(f32::from_le_bytes(*word)));
        numbers.flat_map(f16::to_le_bytes).collect()
    };
    let tensors: Vec<_> = (file.iter())
        .map(|(name, view)| (name, view.shape().to_vec(), halves(view.data())))
        .collect();
    let views = tensors.iter().map(|(name, shape, data)| {
        (
            *name,
            TensorView::new(Dtype::F16, shape.clone(), data).unwrap(),
        )
    });
    safetensors::serialize(views, header.metadata().clone()).unwrap()
}

#[test]
fn a_run_that_goes_on_from_rounded_numbers_says_so() {
    let here = folder("rounded");
    digits(&here);
    succeed(&here, &format!("{TRAIN} --steps 1 --out run"));
    let bytes = fs::read(here.join("run/checkpoint.safetensors")).unwrap();
    fs::write(here.join("half"), halved(&bytes)).unwrap();
    let resume = "train --data data --steps 2";
    let output = run(&here, &format!("{resume} --resume half --out rounded"));
    let words = String::from_utf8(output.stderr).unwrap();
    assert!(
        output.status.success() && words.contains("half has numbers of 16 bits"),
        "{words}"
    );
    let whole = format!("{resume} --resume run/checkpoint.safetensors --out run");
    let words = String::from_utf8(run(&here, &whole).stderr).unwrap();
    assert!(!words.contains("16 bits"), "{words}");
}

/// Pixels of the first tile of a PNG file.
fn first_tile(path: &Path) -> Vec<u8> {
    let file = std::io::BufReader::new(fs::File::open(path).unwrap());
    let mut reader = png::Decoder::new(file).read_info().unwrap();
    let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
    let info = reader.next_frame(&mut pixels).unwrap();
    let width = 4 * info.width as usize;
    let rows = pixels.chunks(width).take(28);
    rows.flat_map(|row| row[..4 * 28].to_vec()).collect()
}

#[test]
fn a_seed_draws_the_same_first_tiles_in_any_number_of_rows() {
    let here = folder("tiles");
    digits(&here);
    succeed(&here, &format!("{TRAIN} --steps 1 --out run"));
    let tile = |words: &str| {
        succeed(
            &here,
            &format!("sample run/checkpoint.safetensors --out grid.png {words}"),
        );
        first_tile(&here.join("grid.png"))
    };
    let one = tile("--rows 1");
    assert!(one == tile("--rows 8") && one == tile("--rows 12"));
    assert!(one != tile("--rows 1 --seed 2"));
}
