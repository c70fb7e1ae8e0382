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
