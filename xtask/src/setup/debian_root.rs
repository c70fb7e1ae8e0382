//! A Debian 13 root for the Swift toolchain, which older systems do not have. It is made once and kept in the cache.
//! `tools/debian-root.sh` runs commands in it.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};

use super::cache;

const KEYRING: &str = "/usr/share/keyrings/debian-archive-trixie-stable.gpg";

/// Runs a command with the root's own `/proc`, in a mount namespace: nothing stays mounted, however it ends.
const INSIDE: &str = r#"root=$1; shift; mount -t proc proc "$root/proc"; exec env -i \
    PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LANG=C.UTF-8 \
    DEBIAN_FRONTEND=noninteractive chroot "$root" "$@""#;

type Run = fn(&mut Command) -> Result<()>;

fn root() -> PathBuf {
    cache::folder().join("trixie")
}

/// Those of the packages that the root does not have; all if there is no root.
pub(crate) fn lacks(packages: &[String]) -> Vec<&String> {
    let is_installed = |package: &&String| {
        let status = Command::new("dpkg-query")
            .arg(format!("--admindir={}", root().join("var/lib/dpkg").display()))
            .args(["-W", "-f", "${Status}", package])
            .output();
        status.is_ok_and(|output| output.stdout == b"install ok installed")
    };
    packages.iter().filter(|package| !is_installed(package)).collect()
}

/// Makes the root if there is none, and installs the packages in it.
pub(crate) fn install(packages: &[String], run: Run) -> Result<()> {
    let root = root();
    fs::create_dir_all(cache::folder())?;
    let lock = File::create(root.with_extension("lock"))?;
    lock.lock().context("cannot lock the Debian 13 root")?;
    run(Command::new("unshare").args(["-m", "true"])).context("this machine allows no mount namespaces")?;
    if !root.exists() {
        make(&root, run)?;
    }
    let lacking = lacks(packages);
    if lacking.is_empty() {
        return Ok(());
    }
    for file in ["/etc/hosts", "/etc/resolv.conf"] {
        fs::copy(file, root.join(&file[1..])).with_context(|| format!("cannot copy {file}"))?;
    }
    let inside = |arguments: &[&str]| {
        run(Command::new("unshare").args(["-m", "sh", "-euc", INSIDE, "sh"]).arg(&root).args(arguments))
    };
    inside(&["dpkg", "--configure", "-a"])?;
    inside(&["apt-get", "update"])?;
    let mut install = vec!["apt-get", "install", "-y", "--no-install-recommends"];
    install.extend(lacking.iter().map(|package| package.as_str()));
    inside(&install)?;
    inside(&["apt-get", "clean"])
}

fn make(root: &Path, run: Run) -> Result<()> {
    let archive = archive()?;
    ensure!(Path::new(KEYRING).exists(), "{KEYRING} is missing: update the package debian-archive-keyring");
    let new = root.with_extension("new");
    if new.exists() {
        // The lock is ours, so an interrupted run left this one.
        run(Command::new("rm").args(["-rf", "--one-file-system"]).arg(&new))?;
    }
    run(Command::new("unshare")
        .args(["-m", "debootstrap", "--variant=minbase", &format!("--keyring={KEYRING}"), "trixie"])
        .arg(&new)
        .arg(&archive))?;
    fs::rename(&new, root).context("cannot move the new root")
}

/// The archive that this machine's own packages come from.
fn archive() -> Result<String> {
    let output = Command::new("apt-get").args(["update", "--print-uris"]).output().context("cannot run apt-get")?;
    let text = String::from_utf8_lossy(&output.stdout);
    let archive = text.lines().find_map(|line| {
        let (archive, _) = line.strip_prefix('\'')?.split_once("/dists/")?;
        archive.trim_end_matches('/').ends_with("/debian").then(|| archive.to_owned())
    });
    archive.context("apt's sources name no Debian archive")
}
