//! Where files are written to, under which names, and what they show.

use std::fs;
use std::path::Path;

use super::{TRAIN, digits, fail, folder, names, run, succeed};

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
fn no_file_is_written_over_what_is_read_or_what_a_run_keeps() {
    let here = folder("own");
    digits(&here);
    succeed(&here, &format!("{TRAIN} --steps 1 --out run"));
    succeed(&here, "export run/checkpoint.safetensors --out g");
    fs::hard_link(here.join("g"), here.join("hard")).unwrap();
    let mut outs = vec!["g", "./g", "run/../g", "hard"];
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink("g", here.join("soft")).unwrap();
        std::os::unix::fs::symlink("run/losses.csv", here.join("table")).unwrap();
        outs.push("soft");
    }
    let bytes = |file: &str| fs::read(here.join(file)).unwrap();
    let generator = bytes("g");
    for out in outs {
        let error = fail(&here, &format!("sample g --out {out}"));
        assert!(
            error.contains("this file is read") && error.contains("another --out"),
            "{error}"
        );
        assert!(bytes("g") == generator, "{out}");
    }
    let own = ["checkpoint.safetensors", "losses.csv", "step-1.png"].map(|f| format!("run/{f}"));
    let before = own.each_ref().map(|file| bytes(file));
    let mut outs = own.to_vec();
    #[cfg(unix)]
    outs.push("table".into());
    for out in outs {
        for words in [
            "sample g",
            "export run/checkpoint.safetensors",
            "classifier --data data",
        ] {
            let error = fail(&here, &format!("{words} --out {out}"));
            assert!(
                error.contains("another --out"),
                "{words} --out {out}: {error}"
            );
        }
    }
    assert!(own.each_ref().map(|file| bytes(file)) == before);
    let error = fail(
        &here,
        "classifier --data data --out data/t10k-labels-idx1-ubyte",
    );
    assert!(error.contains("this file is read"), "{error}");
    // What lies beside a run may be replaced.
    succeed(&here, "sample g --out run/mine.png");
    succeed(&here, "sample g --out run/mine.png");
}

#[test]
fn a_name_that_ends_as_another_format_is_refused_with_what_is_written() {
    let here = folder("endings");
    digits(&here);
    succeed(&here, &format!("{TRAIN} --steps 1 --out run"));
    let before = names(&here);
    let export = "export run/checkpoint.safetensors --out";
    let sample = "sample run/checkpoint.safetensors --out";
    let classifier = "classifier --data data --steps 1 --out";
    for (words, format, others) in [
        (sample, "png", ["x.jpg", "x.safetensors", "x.png.gz"]),
        (export, "safetensors", ["x.pth", "x.png", "x.pt"]),
        (classifier, "safetensors", ["x.pth", "x.csv", "x.JSON"]),
    ] {
        for name in others {
            let error = fail(&here, &format!("{words} {name}"));
            let said = format!("{name}: what is written is {format}");
            assert!(error.contains(&said), "{words} {name}: {error}");
        }
    }
    assert_eq!(names(&here), before);
    for name in ["x.PNG", "x", "x-1.5", ".x"] {
        succeed(&here, &format!("{sample} {name}"));
    }
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

#[test]
fn pictures_of_another_shape_are_drawn_in_theirs_and_measured_by_random_features() {
    let here = folder("shape");
    let data = here.join("data");
    fs::create_dir_all(&data).unwrap();
    for (split, count) in [("train", 80), ("t10k", 70)] {
        let mut images = vec![0, 0, 8, 3];
        images.extend(
            [count, 20, 20]
                .iter()
                .flat_map(|size: &u32| size.to_be_bytes()),
        );
        images.extend((0..count * 400).map(|place| (place % 251) as u8));
        let mut labels = vec![0, 0, 8, 1];
        labels.extend(count.to_be_bytes());
        labels.extend((0..count).map(|index| (index % 10) as u8));
        fs::write(data.join(format!("{split}-images-idx3-ubyte")), images).unwrap();
        fs::write(data.join(format!("{split}-labels-idx1-ubyte")), labels).unwrap();
    }
    let sizes = "--set generator.output=400 --set discriminator.input=400";
    succeed(&here, &format!("{TRAIN} {sizes} --steps 2 --out run"));
    let checkpoint = "run/checkpoint.safetensors";
    succeed(&here, &format!("export {checkpoint} --out generator"));
    succeed(&here, "sample generator --rows 8 --out drawn.png");
    for picture in ["run/step-2.png", "drawn.png"] {
        let bytes = fs::read(here.join(picture)).unwrap();
        let size = |place: usize| u32::from_be_bytes(bytes[place..][..4].try_into().unwrap());
        // Eight by eight, with a line between two.
        assert_eq!((size(16), size(20)), (8 * 21 - 1, 8 * 21 - 1), "{picture}");
    }
    let evaluate = format!("evaluate {checkpoint} --data data");
    let measured = succeed(&here, &evaluate);
    assert!(measured.contains("by the random features"), "{measured}");
    assert!(measured.contains("Fréchet distance"), "{measured}");
    assert!(!measured.contains("score"), "{measured}");
    let digits = Path::new(env!("CARGO_MANIFEST_DIR")).join("www/models/classifier.safetensors");
    let error = fail(
        &here,
        &format!("{evaluate} --classifier {}", digits.display()),
    );
    assert!(
        error.contains("reads pictures of 28×28, and these samples are 20×20"),
        "{error}"
    );
    let error = fail(&here, &format!("{evaluate} --gan-train"));
    assert!(error.contains("--classifier"), "{error}");
}
