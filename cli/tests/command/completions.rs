use super::support::*;

#[test]
fn prints_a_script_for_every_shell() {
    let world = World::new();
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let run = world.run(["completions", shell]).ok();
        assert!(run.stdout.contains("sandbox"), "{shell}");
    }
    world.run(["completions", "csh"]).failed(2, "csh");
}

/// Asks a shell for the completion of `wxpusher us`; `None` if the shell is not installed.
#[cfg(target_os = "linux")]
fn ask(shell: &str, args: &[&str], input: &str) -> Option<String> {
    use std::process::Command;
    if Command::new(shell).arg("-c").arg("exit").output().is_err() {
        println!("NOT RUN: {shell} is not installed");
        return None;
    }
    let world = World::new();
    let script = world.folder.write("completions", world.run(["completions", shell]).ok().stdout);
    // A shell that waits for input must not hang the test.
    let mut command = Command::new("timeout");
    command
        .args(["30", shell])
        .args(args)
        .arg("-c")
        .arg(input.replace("SCRIPT", &script))
        .env("HOME", world.folder.path(""));
    let run = run(&mut command).ok();
    assert_eq!(run.stderr, "", "{shell}");
    Some(run.stdout)
}

#[cfg(target_os = "linux")]
#[test]
fn bash_completes() {
    let input = "source SCRIPT; COMP_WORDS=(wxpusher us); COMP_CWORD=1; COMP_LINE='wxpusher us'; \
                 _wxpusher wxpusher us wxpusher; echo \"${COMPREPLY[@]}\"; \
                 COMP_WORDS=(wxpusher users list --blo); COMP_CWORD=3; _wxpusher wxpusher --blo list; echo \"${COMPREPLY[@]}\"";
    let Some(answer) = ask("bash", &["--norc"], input) else { return };
    assert_eq!(answer, "users\n--blocked\n");
}

#[cfg(target_os = "linux")]
#[test]
fn fish_completes() {
    let input = "source SCRIPT; complete -C 'wxpusher us'; complete -C 'wxpusher users list --blo'";
    let Some(answer) = ask("fish", &["--no-config"], input) else { return };
    assert!(answer.starts_with("users\t") && answer.contains("\n--blocked\t"), "{answer}");
}

#[cfg(target_os = "linux")]
#[test]
fn zsh_completes() {
    let input = "zmodload zsh/zpty; zpty z zsh -f -i; zpty -w z 'PROMPT=; autoload -U compinit; compinit -u -D; source SCRIPT; echo re''ady'; \
                 zpty -r -m z line '*ready*'; zpty -w -n z $'wxpusher us\\t'; zpty -r -m z line '*wxpusher users*'; print -r -- \"$line\"";
    let Some(answer) = ask("zsh", &["-f"], input) else { return };
    assert!(answer.contains("wxpusher users"), "{answer}");
}
