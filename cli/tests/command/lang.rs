use super::support::*;

fn chinese(world: &World, args: &[&str]) -> Run {
    run(world.command(args).env("LC_ALL", "zh_CN.UTF-8"))
}

#[test]
fn help_errors_and_tables_are_chinese() {
    let world = World::new();
    let help = chinese(&world, &["send", "--help"]).ok().stdout;
    assert!(help.contains("向用户和主题发送消息") && help.contains("用法：") && help.contains("全局选项:"), "{help}");
    chinese(&world, &["send", "x"]).failed(2, "没有接收者");
    chinese(&world, &["send", "x", "-u", ALICE, "--summary", &"长".repeat(101)])
        .failed(2, "--summary 的值无效：最多 100 个字符（实际为 101）");
    chinese(&world, &["qrcode", "create", &"x".repeat(65)])
        .failed(2, "EXTRA 的值无效：必须有 1 到 64 个字符（实际为 65）");
    chinese(&world, &["send", "x", "--nonsense=1", "y"]).failed(2, "未知参数");
    chinese(&world, &["sned"]).failed(2, "是否想用");
    chinese(&world, &["delete"]).failed(2, "缺少必需的参数");
    chinese(&world, &["delete", "x"]).failed(2, "的值 x 无效");
    chinese(&world, &["send", "x", "-u", ALICE, "--html", "--markdown"]).failed(2, "不能与");
    chinese(&world, &["send", "x", "-u", ALICE, "--base-url", "http://127.0.0.1:9"]).failed(5, "没有发送任何内容");
    chinese(&world, &["send", "x", "-u", "UID_testnobody"]).failed(3, "没有任何接收者被接受");
    let csv = chinese(&world, &["users", "list", "-o", "csv"]).ok().stdout;
    assert!(csv.starts_with("编号,UID,"), "{csv}");
    assert!(chinese(&world, &["help", "exit-codes"]).ok().stdout.starts_with("退出状态"));
}

#[test]
fn the_flag_wins_and_json_keys_stay_english() {
    let world = World::new();
    let english = run(world.command(["send", "x", "--lang", "en"]).env("WXPUSHER_LANG", "zh"));
    english.failed(2, "no recipient");
    let run = run(world.command(["send", "x", "--lang=zh", "--json"]).env("LANG", "C")).failed(2, "没有接收者");
    let error = run.json()["error"].clone();
    assert_eq!((&error["kind"], &error["field"]), (&"invalid_argument".into(), &"--uid".into()));
}
