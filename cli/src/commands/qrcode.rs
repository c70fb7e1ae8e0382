//! `wxpusher qrcode`.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use clap::{Args as ClapArgs, Subcommand};
use qrcode::render::{svg, unicode};
use qrcode::{Color, QrCode};
use serde_json::{Value, json};
use wxpusher::{Client, Qrcode};

use crate::context::{Context, Result, Token};
use crate::duration::duration;
use crate::exit::WAITED;
use crate::failure::Failure;
use crate::time::utc;
use crate::{interrupt, tr};

#[derive(Debug, ClapArgs)]
pub(crate) struct QrcodeArgs {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Create a QR code by which a user subscribes to the app
    Create(CreateArgs),
    /// Wait until a QR code is scanned, and print the UID
    Wait(WaitArgs),
    /// Print the UID of the user who scanned a QR code last
    Query {
        /// Code, as printed by `qrcode create`
        code: String,
    },
}

#[derive(Debug, ClapArgs)]
#[command(after_help = CREATE_HELP)]
struct CreateArgs {
    /// Text that the subscription callback returns, for example your own user id; 1 to 64 characters
    #[arg(allow_hyphen_values = true)]
    extra: String,
    /// Validity of the code, at most 30d; 30m by default
    #[arg(long, value_name = "TIME", value_parser = duration)]
    valid: Option<Duration>,
    /// Write the QR code as a PNG file
    #[arg(long, value_name = "FILE")]
    png: Option<PathBuf>,
    /// Write the QR code as an SVG file
    #[arg(long, value_name = "FILE")]
    svg: Option<PathBuf>,
    /// Wait until the code is scanned, and print the UID; exit status 7 after TIME (5m)
    #[arg(long, value_name = "TIME", num_args = 0..=1, require_equals = true, default_missing_value = "5m", value_parser = duration)]
    wait: Option<Duration>,
}

const CREATE_HELP: &str = "\
Example:
  wxpusher qrcode create forum-user-7 --valid 10m --wait

On a terminal the code is drawn. The drawn code, like the PNG and SVG files, holds the URL that WxPusher returned.
Exit statuses: wxpusher help exit-codes";

#[derive(Debug, ClapArgs)]
#[command(after_help = WAIT_HELP)]
struct WaitArgs {
    /// Code, as printed by `qrcode create`
    code: String,
    /// Longest wait; then the exit status is 7
    #[arg(long = "for", value_name = "TIME", default_value = "5m", value_parser = duration)]
    time: Duration,
}

const WAIT_HELP: &str = "\
Example:
  wxpusher qrcode wait CODE --for 10m

WxPusher is asked every 10 seconds: it bans accounts that ask more often. Exit statuses: wxpusher help exit-codes";

pub(crate) fn run(context: &Context, args: &QrcodeArgs) -> Result {
    match &args.action {
        Action::Create(args) => create(context, args),
        Action::Wait(args) => {
            let client = context.client(Token::NotUsed)?;
            wait(context, &client, &args.code, args.time)
        }
        Action::Query { code } => {
            let client = context.client(Token::NotUsed)?;
            let _guard = interrupt::guard();
            let uid = client.query_scan_uid(code)?;
            match &uid {
                Some(uid) => context.out.line(uid),
                None => context.out.note(&tr!("the code has not been scanned", "二维码还没有被扫描")),
            }
            Ok(json!({"code": code, "uid": uid}).into())
        }
    }
}

fn create(context: &Context, args: &CreateArgs) -> Result {
    let client = context.client(Token::Required)?;
    let valid = args.valid.map(|valid| u32::try_from(valid.as_secs()).unwrap_or(u32::MAX));
    let qrcode = {
        let _guard = interrupt::guard();
        client.create_qrcode(&args.extra, valid)?
    };
    let document = to_json(&qrcode);
    let content = qrcode.short_url.as_deref().filter(|url| !url.is_empty()).unwrap_or(&qrcode.url);
    draw(context, args, content).map_err(|failure| failure.with_outcome(document.clone()))?;
    let (url, code, until) = (&qrcode.url, &qrcode.code, utc(qrcode.expires));
    let rows = [
        vec![tr!("URL", "地址").into(), url.into()],
        vec![tr!("code", "代码").into(), code.into()],
        vec![tr!("expires", "过期时间").into(), until.into()],
    ];
    context.out.table(&[], &rows);
    context.out.flush();
    match args.wait {
        None => Ok(document.into()),
        Some(timeout) => wait(context, &client, code, timeout)
            .map(|done| {
                let mut document = document.clone();
                document["uid"] = done.outcome["uid"].clone();
                document.into()
            })
            .map_err(|failure| failure.with_outcome(document)),
    }
}

fn wait(context: &Context, client: &Client, code: &str, timeout: Duration) -> Result {
    context.out.note(&tr!("waiting for a scan (Ctrl-C ends the wait)", "正在等待扫码（Ctrl-C 结束等待）"));
    let _guard = interrupt::guard();
    match client.wait_for_scan(code, timeout)? {
        Some(uid) => {
            context.out.line(&uid);
            Ok(json!({"code": code, "uid": uid}).into())
        }
        None => {
            let seconds = timeout.as_secs_f64();
            Err(Failure::new(WAITED, tr!("the code was not scanned within {seconds} s", "{seconds} 秒内没有人扫码")))
        }
    }
}

fn to_json(qrcode: &Qrcode) -> Value {
    let Qrcode { code, url, short_url, extra, expires } = qrcode;
    json!({"code": code, "url": url, "shortUrl": short_url, "extra": extra, "expires": expires})
}

/// Draws the QR code on a terminal and writes the files.
fn draw(context: &Context, args: &CreateArgs, content: &str) -> Result<()> {
    let picture = QrCode::new(content.as_bytes())
        .map_err(|error| Failure::local(tr!("cannot draw the QR code: {error}", "无法绘制二维码：{error}")))?;
    if context.out.is_terminal && context.out.is_table() {
        let drawn = picture
            .render::<unicode::Dense1x2>()
            // White squares on black: a terminal draws with its foreground.
            .dark_color(unicode::Dense1x2::Light)
            .light_color(unicode::Dense1x2::Dark)
            .build();
        for line in drawn.lines() {
            context.out.line(&context.out.paint(crate::output::Style::WhiteOnBlack, line));
        }
    }
    if let Some(file) = &args.png {
        write_png(&picture, file).map_err(|error| cannot_write("--png", file, &error))?;
    }
    if let Some(file) = &args.svg {
        let text = picture.render::<svg::Color<'_>>().min_dimensions(256, 256).build();
        std::fs::write(file, text).map_err(|error| cannot_write("--svg", file, &error))?;
    }
    Ok(())
}

fn cannot_write(flag: &str, file: &Path, error: &dyn std::fmt::Display) -> Failure {
    let file = file.display();
    Failure::local(tr!("{flag}: cannot write {file}: {error}", "{flag}：无法写入 {file}：{error}"))
}

/// Writes black squares of 8 × 8 pixels, with the white margin of 4 squares that scanners need.
fn write_png(picture: &QrCode, file: &Path) -> std::result::Result<(), Box<dyn std::error::Error>> {
    const SQUARE: usize = 8;
    const MARGIN: usize = 4;
    let width = picture.width();
    let size = (width + 2 * MARGIN) * SQUARE;
    let mut pixels = vec![255u8; size * size];
    for (at, color) in picture.to_colors().into_iter().enumerate() {
        if color == Color::Light {
            continue;
        }
        let (x, y) = ((at % width + MARGIN) * SQUARE, (at / width + MARGIN) * SQUARE);
        for row in y..y + SQUARE {
            pixels[row * size + x..row * size + x + SQUARE].fill(0);
        }
    }
    let side = u32::try_from(size)?;
    let mut file = BufWriter::new(File::create(file)?);
    let mut encoder = png::Encoder::new(&mut file, side, side);
    encoder.set_color(png::ColorType::Grayscale);
    encoder.write_header()?.write_image_data(&pixels)?;
    file.flush()?;
    Ok(())
}
