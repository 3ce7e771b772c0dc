//! How a run ends when it does not end by itself, and what is kept of it.

use std::fs::{self, File};
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, ChildStderr, Command, Stdio};
use std::time::Duration;

use super::{digits, digits_of, fail, folder, names, run, succeed};

/// A program that goes on while the test does; not longer.
struct Running {
    child: Child,
    words: BufReader<ChildStderr>,
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Running {
    fn start(folder: &Path, words: &str) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_webgan"))
            .current_dir(folder)
            .args(words.split(' '))
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let words = BufReader::new(child.stderr.take().unwrap());
        Self { child, words }
    }

    /// Waits for a line with these words on standard error, and gives it.
    fn hear(&mut self, words: &str) -> String {
        let mut line = String::new();
        while !line.contains(words) {
            line.clear();
            let length = self.words.read_line(&mut line).unwrap();
            assert!(length > 0, "it ended without saying \"{words}\"");
        }
        line
    }

    fn signal(&self, name: &str) {
        let id = self.child.id().to_string();
        let sent = Command::new("kill").args(["-s", name, &id]).status();
        assert!(sent.unwrap().success());
    }

    /// Its exit status; none if a signal ended it.
    fn end(&mut self) -> Option<i32> {
        self.child.wait().unwrap().code()
    }
}

const LONG: &str = "train --preset mlp --data data --set batch_size=16 --every 1000000 \
                    --steps 1000000";

#[cfg(unix)]
#[test]
fn a_signal_ends_a_run_after_its_step_and_the_run_goes_on_from_there() {
    let here = folder("signals");
    digits(&here);
    for (name, status) in [("INT", 130), ("TERM", 143), ("HUP", 129)] {
        let mut running = Running::start(&here, &format!("{LONG} --out {name}"));
        // Not before it has told of some steps by itself, where nobody sees a bar.
        while running.hear("step ").contains("step 0 of") {}
        running.signal(name);
        running.hear("To go on:");
        let command = running.hear("webgan train --resume");
        assert_eq!(running.end(), Some(status), "{name}");

        let csv = fs::read_to_string(here.join(name).join("losses.csv")).unwrap();
        let steps = csv.lines().count() - 1;
        assert!(csv.ends_with('\n') && steps > 0, "{csv}");
        let resumed = command.trim().strip_prefix("webgan ").unwrap();
        let on = resumed.replace("1000000", &format!("{}", steps + 1));
        succeed(&here, &on);
        if name == "INT" {
            let whole = LONG.replace("--steps 1000000", &format!("--steps {}", steps + 1));
            succeed(&here, &format!("{whole} --out whole"));
            for file in ["checkpoint.safetensors", "losses.csv"] {
                let [whole, parts] =
                    ["whole", name].map(|run| fs::read(here.join(run).join(file)).unwrap());
                assert!(whole == parts, "{file} differs after an interruption");
            }
        }
    }
}

#[cfg(unix)]
#[test]
fn the_command_to_go_on_with_says_all_that_the_first_did() {
    let here = folder("same-way");
    digits(&here);
    fs::rename(here.join("data"), here.join("-data")).unwrap();
    let long = LONG.replace("--data data", "--data=-data");
    let mut running = Running::start(&here, &format!("{long} --out=-run"));
    while running.hear("step ").contains("step 0 of") {}
    running.signal("INT");
    let command = running.hear("webgan train --resume");
    assert_eq!(running.end(), Some(130));
    for words in ["--every 1000000", "--data ./-data", "--out ./-run"] {
        assert!(command.contains(words), "{command}");
    }
    let csv = fs::read_to_string(here.join("-run/losses.csv")).unwrap();
    let next = csv.lines().count().to_string();
    let resumed = command.trim().strip_prefix("webgan ").unwrap();
    succeed(
        &here,
        &resumed.replace("--steps 1000000", &format!("--steps {next}")),
    );
}

#[cfg(unix)]
#[test]
fn a_second_signal_ends_a_run_at_once() {
    let here = folder("impatient");
    digits(&here);
    // A step of seconds.
    let mut running = Running::start(
        &here,
        "train --preset conv-critic --data data --set batch_size=160 --out run",
    );
    running.hear("step 0 of");
    running.signal("INT");
    running.hear("once more ends it at once");
    running.signal("INT");
    assert_eq!(running.end(), Some(130));
    assert!(!here.join("run/checkpoint.safetensors").exists());
}

#[cfg(unix)]
#[test]
fn what_has_nothing_to_keep_ends_at_the_first_signal() {
    let here = folder("nothing-to-keep");
    digits(&here);
    let mut running = Running::start(
        &here,
        "classifier --data data --steps 1000000 --out c.safetensors",
    );
    running.hear("step 0 of");
    running.signal("TERM");
    assert_eq!(running.end(), Some(143));
    assert_eq!(names(&here), ["data"]);
}

#[test]
fn two_runs_do_not_share_a_folder() {
    let here = folder("shared");
    digits(&here);
    let mut running = Running::start(&here, &format!("{LONG} --out run"));
    running.hear("step 0 of");
    // The folder comes with the first step.
    while !here.join("run/losses.csv").exists() {
        assert_eq!(running.child.try_wait().unwrap(), None);
        std::thread::sleep(Duration::from_millis(10));
    }
    let error = fail(&here, &format!("{LONG} --out run --overwrite"));
    assert!(error.contains("run: another process"), "{error}");
}

#[test]
fn numbers_that_stop_being_finite_end_a_run_with_what_was_finite() {
    let here = folder("not-finite");
    digits(&here);
    let train = "train --preset least-squares --data data --every 1 --set learning_rate=1 \
                 --set discriminator_rate=10";
    let error = fail(&here, &format!("{train} --steps 50 --out run"));
    let (_, step) = error.split_once("the losses of step ").expect(&error);
    let step: usize = step.split(' ').next().unwrap().parse().unwrap();
    assert!(step > 1, "{error}");

    let csv = fs::read_to_string(here.join("run/losses.csv")).unwrap();
    let last = csv.lines().last().unwrap();
    assert!(last.starts_with(&format!("{step},")), "{last}");
    assert!(last.contains("NaN") || last.contains("inf"), "{last}");
    let kept = format!("is that of step {}", step - 1);
    assert!(error.contains(&kept), "{error}");
    // Of which, in words.
    let said = error
        .lines()
        .find(|line| line.contains("the losses of step"))
        .unwrap();
    let names = said.contains(" is NaN") || said.contains(" is inf") || said.contains(" is -inf");
    assert!(names && !said.contains('{'), "{said}");
    assert!(
        said.contains("; a smaller --set learning_rate may help"),
        "{said}"
    );
    succeed(&here, "sample run/checkpoint.safetensors --out grid.png");

    // A run that goes on keeps its config.
    let resume = "train --data data --resume run/checkpoint.safetensors --steps 50 --out run";
    let error = fail(&here, resume);
    assert!(
        error.contains("a new run with a smaller --set learning_rate"),
        "{error}"
    );
}

#[test]
fn divergence_is_told_while_a_run_goes_on() {
    let here = folder("diverges");
    digits(&here);
    let output = run(
        &here,
        "train --preset mlp --data data --set batch_size=16 --set learning_rate=1 --steps 150 \
         --out run",
    );
    let words = String::from_utf8_lossy(&output.stderr);
    assert!(words.contains("training diverges (losses of "), "{words}");
}

#[cfg(unix)]
#[test]
fn a_reader_that_has_gone_ends_the_program_quietly() {
    let here = folder("gone");
    for words in ["presets", "--help", "presets --show modern"] {
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let output = Command::new(env!("CARGO_BIN_EXE_webgan"))
            .current_dir(&here)
            .args(words.split(' '))
            .stdout(writer)
            .stderr(Stdio::piped())
            .output()
            .unwrap();
        let error = String::from_utf8(output.stderr).unwrap();
        assert_eq!(
            (output.status.code(), error.as_str()),
            (Some(141), ""),
            "{words}"
        );
    }
}

/// Its first line comes after a second or two.
#[cfg(unix)]
#[test]
fn so_does_one_that_goes_while_something_is_timed() {
    let here = folder("gone-later");
    digits(&here);
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    let bench = "bench --data data --preset dense --rounds 1 --seconds 0.001";
    let mut program = Command::new(env!("CARGO_BIN_EXE_webgan"));
    program.current_dir(&here).args(bench.split(' '));
    let output = program.stdout(writer).stderr(Stdio::piped()).output();
    let output = output.unwrap();
    let error = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(141), "{error}");
    // What the data are, and no word about the reader that is gone.
    assert_eq!(error.lines().count(), 1, "{error}");
    assert!(error.contains("160 pictures"), "{error}");
}

#[cfg(target_os = "linux")]
#[test]
fn a_run_whose_first_step_finds_no_memory_leaves_no_folder() {
    let here = folder("memory");
    digits_of(&here, [1000, 80]);
    // A step of some GB, where one with batches of 8 has room.
    let train = "train --preset dcgan --data data --set batch_size=1000 --steps 1 --out run";
    let mut shell = Command::new("sh");
    shell.args(["-c", r#"ulimit -v 600000; exec "$0" "$@""#]);
    shell.arg(env!("CARGO_BIN_EXE_webgan"));
    let output = shell.current_dir(&here).args(train.split(' ')).output();
    let output = output.unwrap();
    let error = String::from_utf8(output.stderr).unwrap();
    assert!(error.contains("memory allocation"), "{error}");
    assert_eq!(names(&here), ["data"]);
}

#[cfg(target_os = "linux")]
#[test]
fn words_that_find_no_room_are_an_error() {
    let here = folder("full");
    digits(&here);
    let full = || File::options().write(true).open("/dev/full").unwrap();
    let train = "train --preset mlp --data data --set batch_size=16 --steps 1 --out run";
    for words in ["presets", "--version", train] {
        let mut program = Command::new(env!("CARGO_BIN_EXE_webgan"));
        program.current_dir(&here).args(words.split(' '));
        let output = program.stdout(full()).output().unwrap();
        let error = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(1), "{words}: {error}");
        assert!(
            error.contains("standard output: No space left"),
            "{words}: {error}"
        );
    }
    // What nobody can hear keeps no run from its end.
    let mut program = Command::new(env!("CARGO_BIN_EXE_webgan"));
    program
        .current_dir(&here)
        .args(train.split(' '))
        .arg("--overwrite");
    assert!(program.stderr(full()).output().unwrap().status.success());
}

/// The program under a limit of so many blocks for each file: what a full disk is like.
#[cfg(unix)]
fn cramped(folder: &Path, blocks: usize, words: &str) -> String {
    let script = format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$0\" \"$@\"");
    let output = Command::new("sh")
        .current_dir(folder)
        .args(["-c", &script, env!("CARGO_BIN_EXE_webgan")])
        .args(words.split(' '))
        .output()
        .unwrap();
    let error = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1), "{error}");
    error
}

#[cfg(unix)]
#[test]
fn a_full_disk_leaves_no_halves() {
    let here = folder("disk");
    digits(&here);
    let train = "train --preset mlp --data data --set batch_size=16 --every 2 --steps 4";
    let error = cramped(&here, 400, &format!("{train} --out run"));
    assert!(
        error.contains("checkpoint.safetensors: File too large") && !error.contains(".part"),
        "{error}"
    );
    assert_eq!(names(&here.join("run")), [".lock", "losses.csv"]);
    let csv = fs::read_to_string(here.join("run/losses.csv")).unwrap();
    // It was noticed after the first step.
    assert_eq!(csv.lines().count(), 1 + 1, "{csv}");

    // So with a classifier, which would be written behind all its steps: these take hours.
    let classifier = "classifier --data data --steps 1000000 --out";
    let error = cramped(&here, 2, &format!("{classifier} c.safetensors"));
    let said = "c.safetensors: File too large";
    assert!(error.contains(said) && !error.contains(".part"), "{error}");
    let error = fail(&here, &format!("{classifier} nowhere/c.safetensors"));
    let said = "nowhere/c.safetensors: No such file or directory (os error 2)\n";
    assert!(error.ends_with(said), "{error}");
    assert_eq!(names(&here), ["data", "run"]);

    // Room for a small checkpoint, and not for the losses of all steps.
    let small = "train --preset dense --data data --set batch_size=2 --set generator.input=1 --set \
                 generator.hidden.0.width=1 --set discriminator.hidden.0.width=1 --steps 10000";
    let error = cramped(&here, 80, &format!("{small} --out small"));
    assert!(error.contains("losses.csv: File too large"), "{error}");
    let csv = fs::read_to_string(here.join("small/losses.csv")).unwrap();
    assert!(csv.ends_with('\n') && csv.starts_with("step,"), "{csv}");
}
