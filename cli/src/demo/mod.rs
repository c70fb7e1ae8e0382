//! `wxpusher demo`: every feature of the client, over real sockets, against a sandbox in this process.

mod receiver;
mod story;

use std::time::Duration;

use wxpusher::{Callback, Client, Config, ErrorKind, Message, OrderType, SubscribeSource, UserQuery};
use wxpusher_sandbox::{App, Product, Sandbox, Seed, Target, Topic, User};

use crate::exit::Failure;
use crate::outcome::{recipient as name, status_text as said};
use receiver::Receiver;
use story::{Story, ensure};

const APP: i64 = 97;
const TOPIC: i64 = 9701;
const PRODUCT: i64 = 12;
const MONTH: Duration = Duration::from_secs(30 * 24 * 60 * 60);

pub(crate) fn run() -> Result<(), Failure> {
    let story = Story;
    let receiver = Receiver::start()?;
    let sandbox = Sandbox::builder()
        .seed(Seed {
            apps: vec![App::new(APP, "AT_testdemo", "机房报警").callback_url(receiver.url())],
            topics: vec![Topic::new(TOPIC, APP, "值班组")],
            products: vec![Product::new(PRODUCT, APP, "短信级报警").covers(Target::App(APP))],
            users: vec![User::new("UID_testalice"), User::new("UID_testbob").follows(Target::Topic(TOPIC))],
        })
        .start()?;
    let client = Client::with_config(
        Config::new().app_token("AT_testdemo").base_url(sandbox.url()).scan_interval(Duration::from_millis(50)),
    )?;

    story.begin("Sandbox");
    story.tell(format!("A sandbox listens on {}. No request leaves this machine.", sandbox.url()));
    story.tell("It has the app 机房报警 (id 97), the topic 值班组, and two users: alice and bob.");

    meet(&story, &sandbox, &client, &receiver)?;
    let content_id = send(&story, &client)?;
    look_after(&story, &sandbox, &client)?;
    get_paid(&story, &sandbox, &client, &receiver)?;
    listen(&story, &sandbox, &receiver)?;
    clean_up(&story, &sandbox, &client, content_id)?;

    story.begin("Done");
    story.tell("All checks passed. To send real messages, create an app on wxpusher.zjiecode.com, then run");
    story.tell("  export WXPUSHER_APP_TOKEN=AT_…   and   wxpusher send '你好' --uid UID_…");
    Ok(())
}

fn meet(story: &Story, sandbox: &Sandbox, client: &Client, receiver: &Receiver) -> Result<(), Failure> {
    story.begin("Get a UID by a QR code");
    let qrcode = client.create_qrcode("forum-user-7", Some(600))?;
    story.tell(format!("Created a QR code that carries forum-user-7 and is valid for 10 minutes: {}", qrcode.url));
    ensure(client.query_scan_uid(&qrcode.code)?.is_none(), "the code has not been scanned")?;
    story.tell("The code has not been scanned yet, which is a result and not an error.");
    sandbox.scan(&qrcode.code, "UID_testalice")?;
    let uid = client.wait_for_scan(&qrcode, Duration::from_secs(10))?;
    ensure(uid.as_deref() == Some("UID_testalice"), "the code was scanned by alice")?;
    story.tell("alice scans the code, and wait_for_scan returns her UID: UID_testalice");
    let Callback::AppSubscribe(subscribe) = receiver.next()? else {
        return ensure(false, "the callback is a subscription");
    };
    ensure(subscribe.source == SubscribeSource::Scan, "the source of the subscription is scan")?;
    ensure(subscribe.extra.as_deref() == Some("forum-user-7"), "the callback contains the extra of the code")?;
    story.tell(format!("The app's server received a callback: {} is forum-user-7.", subscribe.uid));
    Ok(())
}

fn send(story: &Story, client: &Client) -> Result<i64, Failure> {
    story.begin("Send text, HTML and Markdown");
    let text = Message::text("磁盘 /dev/sda1 已用 95%").summary("磁盘将满").uid("UID_testalice");
    let html = Message::html("<h1>恢复</h1><p>磁盘已清理</p>").uid("UID_testalice").topic(TOPIC);
    let markdown = Message::markdown("## 值班表\n- 今晚 alice").topic(TOPIC).url("https://example.com/duty");
    let mut content_id = None;
    for (kind, message) in [("text", text), ("HTML", html), ("Markdown", markdown)] {
        let outcome = client.send(&message)?;
        outcome.ensure_all()?;
        let reached: Vec<_> = outcome.targets.iter().map(name).collect();
        story.tell(format!("{kind:8} → {}: {}", reached.join(" and "), outcome.targets[0].status));
        if let Some(record) = outcome.targets[0].send_record_id {
            let status = client.query_status(record)?;
            story.tell(format!("           record {record}: {} ({})", status.text, status.code.unwrap_or_default()));
        }
        content_id = outcome.message_content_id.or(content_id);
    }

    story.begin("Refused recipients");
    let outcome = client.send(&Message::text("你们好").uids(["UID_testalice", "UID_testnobody"]))?;
    ensure(!outcome.all_ok(), "one recipient is refused")?;
    for target in &outcome.targets {
        story.tell(format!("{} {}: {}", if target.is_ok() { "✓" } else { "✗" }, name(target), said(target)));
    }
    let error = client.send(&Message::text("有人吗").uid("UID_testnobody"));
    match error {
        Err(error) if matches!(error.kind(), ErrorKind::Rejected { .. }) => {
            story.tell(format!("If no recipient is accepted, send fails: {error}"));
        }
        _ => ensure(false, "a message without accepted recipients is an error")?,
    }
    content_id.ok_or_else(|| story::broken("a message has a content id"))
}

fn look_after(story: &Story, sandbox: &Sandbox, client: &Client) -> Result<(), Failure> {
    story.begin("Subscribers");
    let mut alice = None;
    for user in client.users(UserQuery::default()) {
        let user = user?;
        story.tell(format!("{} subscribes to {} (id {})", user.uid, user.target.as_deref().unwrap_or("?"), user.id));
        if user.uid == "UID_testalice" {
            alice = Some(user.id);
        }
    }
    let alice = alice.ok_or_else(|| story::broken("alice is a subscriber"))?;
    client.block_user(alice)?;
    let refused = client.send(&Message::text("听得到吗").uid("UID_testalice"));
    ensure(refused.is_err(), "a blocked user receives nothing")?;
    story.tell("alice is blocked: a message to her alone fails.");
    client.unblock_user(alice)?;
    client.send(&Message::text("听得到了").uid("UID_testalice"))?.ensure_all()?;
    story.tell("alice is unblocked: the next message arrives.");
    let arrived = sandbox.inbox("UID_testalice")?;
    ensure(
        arrived.iter().all(|message| message.content.as_deref() != Some("听得到吗")),
        "the message to the blocked user did not arrive",
    )?;
    Ok(())
}

fn get_paid(story: &Story, sandbox: &Sandbox, client: &Client, receiver: &Receiver) -> Result<(), Failure> {
    story.begin("Payment and refund");
    let payment = sandbox.pay("UID_testbob", PRODUCT, 990, MONTH)?;
    let order = loop {
        // A payment also subscribes the user, which causes another callback.
        match receiver.next()? {
            Callback::OrderPay(order) => break order,
            Callback::AppSubscribe(_) => {}
            other => return ensure(false, &format!("only the callbacks of a payment arrive: {other:?}")),
        }
    };
    ensure(order.order_type == OrderType::Paid && order.amount == 990, "the callback has the amount of the payment")?;
    ensure(order.trade_no == payment.trade_no, "the callback has the trade number")?;
    story.tell(format!("bob pays {} fen for 30 days, and the app's server receives a callback.", order.amount));
    let until = client.query_pay_end_time("UID_testbob", PRODUCT)?;
    ensure(until.iter().any(|time| time.pay_end_time > sandbox.now()), "the paid-until time is in the future")?;
    story.tell(format!("query_pay_end_time returns {} (ms since the epoch).", until[0].pay_end_time));
    sandbox.refund(&payment.trade_no)?;
    let Callback::OrderPay(refund) = receiver.next()? else {
        return ensure(false, "the callback is a refund");
    };
    ensure(refund.order_type == OrderType::Refunded && refund.amount == -990, "the amount of the refund is negative")?;
    story.tell(format!("The payment is refunded: the next callback has {} fen.", refund.amount));
    Ok(())
}

fn listen(story: &Story, sandbox: &Sandbox, receiver: &Receiver) -> Result<(), Failure> {
    story.begin("Command of a user");
    sandbox.command("UID_testalice", "#97 重启 web-3")?;
    let Callback::SendUpCmd(command) = receiver.next()? else {
        return ensure(false, "the callback is a command");
    };
    ensure(command.command() == "重启 web-3", "the command arrives without the app's number")?;
    story.tell(format!(
        "alice sends “#97 重启 web-3”, and the app's server receives the command: {}",
        command.command()
    ));
    Ok(())
}

fn clean_up(story: &Story, sandbox: &Sandbox, client: &Client, content_id: i64) -> Result<(), Failure> {
    story.begin("Received messages");
    client.delete_message(content_id)?;
    for (who, uid) in [("alice", "UID_testalice"), ("bob", "UID_testbob")] {
        for message in sandbox.inbox(uid)? {
            let content = message.content.as_deref().unwrap_or("(page deleted)");
            story.tell(format!("{who:6} {}", content.replace('\n', " ")));
        }
    }
    let bobs = sandbox.inbox("UID_testbob")?;
    ensure(bobs.iter().any(|message| message.content.is_none()), "the page of the message is deleted")?;
    story.tell("The page of the Markdown message was deleted. Notifications that were delivered stay.");
    Ok(())
}
