//! `wxpusher help`: the help of a command, and the topics that concern all commands.

use clap::Args as ClapArgs;

use crate::context::{Context, Done, Result};
use crate::failure::Failure;
use crate::{exit, tr};

#[derive(Debug, ClapArgs)]
pub(crate) struct HelpArgs {
    /// Command, or one of the topics exit-codes, environment, json
    #[arg(value_name = "COMMAND|TOPIC")]
    about: Vec<String>,
}

pub(crate) fn run(context: &Context, args: &HelpArgs, command: clap::Command) -> Result {
    let about: Vec<&str> = args.about.iter().map(String::as_str).collect();
    let text = match about.as_slice() {
        ["exit-codes"] => exit::help(),
        ["environment"] => environment(),
        ["json"] => json(),
        path => command_help(path, command)?,
    };
    context.out.raw(&text);
    Ok(Done { is_printed: true, ..Done::default() })
}

fn command_help(path: &[&str], mut command: clap::Command) -> Result<String> {
    command.build();
    let mut at = &mut command;
    for name in path {
        at = match at.find_subcommand_mut(name) {
            Some(command) => command,
            None => {
                let text = tr!(
                    "help: no command or topic {name}; the topics are exit-codes, environment and json",
                    "help：没有命令或主题 {name}；主题有 exit-codes、environment 和 json",
                );
                return Err(Failure::usage("COMMAND|TOPIC", text));
            }
        };
    }
    Ok(at.render_long_help().to_string())
}

fn environment() -> String {
    tr!(
        "Environment variables. A flag wins over a variable, a variable over the profile, the profile over the default.\n\
         \n\
         \x20 WXPUSHER_APP_TOKEN                  app token (flag: --token-file)\n\
         \x20 WXPUSHER_UID, WXPUSHER_UIDS         recipients of send without --uid, --uids-file and --topic\n\
         \x20 WXPUSHER_TOPIC_ID, …_TOPIC_IDS      the same for topics\n\
         \x20 WXPUSHER_SPT, WXPUSHER_SPT_LIST     simple push tokens for push (flag: --spt-file)\n\
         \x20 WXPUSHER_ENTRY_KEY                  verification key for verify-link (flag: --key-file)\n\
         \x20 WXPUSHER_BASE_URL                   base URL (flag: --base-url)\n\
         \x20 WXPUSHER_PROFILE                    profile of the configuration file (flag: --profile)\n\
         \x20 WXPUSHER_LANG                       language, zh or en (flag: --lang); else LC_ALL, LC_MESSAGES, LANG\n\
         \x20 HTTPS_PROXY, ALL_PROXY, NO_PROXY    proxy (flag: --proxy)\n\
         \x20 SSL_CERT_FILE, SSL_CERT_DIR         trusted certificates (flag: --ca-file)\n\
         \x20 XDG_CONFIG_HOME                     folder of the configuration file wxpusher/config.toml\n\
         \x20 NO_COLOR                            no colors if set (flag: --color)\n\
         \n\
         The items of a list are separated by `;`, `,` or white space.\n",
        "环境变量。优先级：命令行选项 > 环境变量 > 配置档 > 默认值。\n\
         \n\
         \x20 WXPUSHER_APP_TOKEN                  app token（选项：--token-file）\n\
         \x20 WXPUSHER_UID、WXPUSHER_UIDS         send 没有 --uid、--uids-file、--topic 时的接收者\n\
         \x20 WXPUSHER_TOPIC_ID、…_TOPIC_IDS      同上，主题\n\
         \x20 WXPUSHER_SPT、WXPUSHER_SPT_LIST     push 使用的极简推送 token（选项：--spt-file）\n\
         \x20 WXPUSHER_ENTRY_KEY                  verify-link 的验签密钥（选项：--key-file）\n\
         \x20 WXPUSHER_BASE_URL                   服务地址（选项：--base-url）\n\
         \x20 WXPUSHER_PROFILE                    配置档名称（选项：--profile）\n\
         \x20 WXPUSHER_LANG                       语言，zh 或 en（选项：--lang）；其次 LC_ALL、LC_MESSAGES、LANG\n\
         \x20 HTTPS_PROXY、ALL_PROXY、NO_PROXY    代理（选项：--proxy）\n\
         \x20 SSL_CERT_FILE、SSL_CERT_DIR         信任的证书（选项：--ca-file）\n\
         \x20 XDG_CONFIG_HOME                     配置文件 wxpusher/config.toml 所在目录\n\
         \x20 NO_COLOR                            设置后不使用颜色（选项：--color）\n\
         \n\
         列表各项用 `;`、`,` 或空白分隔。\n",
    )
}

fn json() -> String {
    tr!(
        "With --json a command prints exactly one JSON document on standard output, also if the arguments are wrong:\n\
         \n\
         \x20 {{\"ok\": true, \"exit\": 0, \"error\": null, \"outcome\": …}}\n\
         \x20 {{\"ok\": false, \"exit\": 5, \"error\": {{…}}, \"outcome\": null}}\n\
         \n\
         \x20 ok                    whether the exit status is 0\n\
         \x20 exit                  exit status (wxpusher help exit-codes)\n\
         \x20 error.kind, .number   kind of the error; `local` and 0: found by the command itself\n\
         \x20 error.sent            whether the request reached WxPusher: no, maybe, yes\n\
         \x20 error.retry_is_safe   whether repeating delivers nothing twice and can help\n\
         \x20 error.field           flag, argument or variable that is wrong, or null\n\
         \x20 error.phase           phase of a timeout: resolve, connect, tls, send, receive, or null\n\
         \x20 error.http_status     HTTP status, or null\n\
         \x20 error.code, .msg      code and text of WxPusher, or null\n\
         \x20 error.message         text for people\n\
         \x20 outcome               result of the command, also what was done before an error; or null\n\
         \n\
         broadcast and listen print JSON Lines; the last line is this document.\n",
        "使用 --json 时，命令在标准输出上恰好输出一个 JSON 文档，参数错误时也是如此：\n\
         \n\
         \x20 {{\"ok\": true, \"exit\": 0, \"error\": null, \"outcome\": …}}\n\
         \x20 {{\"ok\": false, \"exit\": 5, \"error\": {{…}}, \"outcome\": null}}\n\
         \n\
         \x20 ok                    退出状态是否为 0\n\
         \x20 exit                  退出状态（wxpusher help exit-codes）\n\
         \x20 error.kind、.number   错误种类；`local` 和 0 表示由命令自身发现\n\
         \x20 error.sent            请求是否到达 WxPusher：no、maybe、yes\n\
         \x20 error.retry_is_safe   重试是否有用且不会重复投递\n\
         \x20 error.field           有误的选项、参数或环境变量，或 null\n\
         \x20 error.phase           超时所在阶段：resolve、connect、tls、send、receive，或 null\n\
         \x20 error.http_status     HTTP 状态码，或 null\n\
         \x20 error.code、.msg      WxPusher 的代码和文本，或 null\n\
         \x20 error.message         给人看的文本\n\
         \x20 outcome               命令的结果，包括出错前已完成的部分；或 null\n\
         \n\
         broadcast 和 listen 输出 JSON Lines，最后一行是这个文档。\n",
    )
}
