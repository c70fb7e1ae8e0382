//! Installs what is missing.

use std::env;
use std::fs;
use std::os::unix::fs::MetadataExt;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, ensure};

use super::cache;
use super::debian_root;
use super::need::Need;

/// Goes on after an error, so that one run installs all that can be had.
pub(crate) fn all(needs: &[&Need]) -> Vec<anyhow::Error> {
    let mut errors = Vec::new();
    let mut packages: Vec<&str> = Vec::new();
    for need in needs {
        if let Need::Command { package, .. }
        | Need::Header { package, .. }
        | Need::Python { package, .. }
        | Need::Jdk { package, .. } = need
            && !packages.contains(&package.as_str())
        {
            packages.push(package);
        }
    }
    if !packages.is_empty() {
        errors.extend(install_packages(&packages).err());
    }
    for need in needs {
        let installed = match need {
            Need::Command { .. } | Need::Header { .. } | Need::Python { .. } | Need::Jdk { .. } => Ok(()),
            Need::Swift { packages, .. } => install_in_debian_root(packages),
            Need::Toolchain { toolchain } => install_toolchain(toolchain),
            Need::Cargo { cargo, version, binary, folder } => install_crate(cargo, version, binary, folder),
            Need::Pypi { pypi, .. } => install_python_package(pypi),
            Need::Maven { maven, file } => copy_from_maven(maven, file),
        };
        errors.extend(installed.with_context(|| format!("cannot install {}", need.name())).err());
    }
    errors
}

/// Runs a command without input. What it prints is shown only if it fails.
pub(crate) fn quietly(command: &mut Command) -> Result<()> {
    let name = command.get_program().to_string_lossy().into_owned();
    let output = command.stdin(Stdio::null()).output().with_context(|| format!("cannot run {name}"))?;
    let text = String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned();
    let lines: Vec<&str> = text.lines().collect();
    let end = lines[lines.len().saturating_sub(30)..].join("\n");
    ensure!(output.status.success(), "{name} failed ({}):\n{end}", output.status);
    Ok(())
}

fn install_packages(packages: &[&str]) -> Result<()> {
    ensure!(
        is_root() && Command::new("apt-get").arg("--version").output().is_ok(),
        "run as root on Debian or Ubuntu, or install these packages yourself: {}",
        packages.join(" ")
    );
    println!("installing {}", packages.join(" "));
    apt(&["update"])?;
    apt(&[&["install", "-y", "--no-install-recommends"], packages].concat())
}

/// apt-get of this machine. Another apt may be running: waits for it.
fn apt(arguments: &[&str]) -> Result<()> {
    quietly(
        Command::new("apt-get")
            .args(["-q", "-o", "DPkg::Lock::Timeout=300"])
            .args(arguments)
            .env("DEBIAN_FRONTEND", "noninteractive"),
    )
}

fn is_root() -> bool {
    // The owner of this process's own folder is its effective user.
    fs::metadata("/proc/self").is_ok_and(|folder| folder.uid() == 0)
}

fn install_in_debian_root(packages: &[String]) -> Result<()> {
    ensure!(is_root(), "put `swift` on PATH, or run as root on Debian or Ubuntu");
    println!("installing {} in a Debian 13 root (once, a few minutes)", packages.join(" "));
    if Command::new("debootstrap").arg("--version").output().is_err() {
        install_packages(&["debootstrap"])?;
    }
    debian_root::install(packages, quietly)
}

fn install_toolchain(toolchain: &str) -> Result<()> {
    println!("installing Rust {toolchain}");
    quietly(Command::new("rustup").args([
        "toolchain",
        "install",
        toolchain,
        "--profile",
        "minimal",
        "--no-self-update",
    ]))
}

/// A tool that runs for seconds: building it quickly matters more than its speed.
fn install_crate(name: &str, version: &str, binary: &str, folder: &str) -> Result<()> {
    println!("building {name} {version} (once, a few minutes)");
    let cache = cache::folder();
    let build = cache.join(format!("{name}-build"));
    let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    quietly(
        Command::new(cargo)
            .args([
                "install",
                name,
                "--bin",
                binary,
                "--version",
                &format!("={version}"),
                "--locked",
                "--force",
                "--root",
            ])
            .arg(cache.join(folder))
            .env("CARGO_TARGET_DIR", &build)
            .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "0")
            .env("CARGO_PROFILE_RELEASE_LTO", "off")
            .env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "256")
            .env("CARGO_PROFILE_RELEASE_STRIP", "symbols"),
    )?;
    fs::remove_dir_all(&build).context("cannot remove the build folder")
}

fn install_python_package(package: &str) -> Result<()> {
    println!("installing {package}");
    let folder = cache::python_tools();
    if !folder.join("bin/pip").exists() {
        let python = env::var_os("PYTHON").unwrap_or_else(|| "python3".into());
        quietly(Command::new(python).args(["-m", "venv"]).arg(&folder))?;
    }
    quietly(Command::new(folder.join("bin/python")).args([
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
        package,
    ]))
}

fn copy_from_maven(artifact: &str, file: &str) -> Result<()> {
    println!("downloading {artifact}");
    let file = cache::folder().join(file);
    let folder = file.parent().context("a file has a folder")?;
    quietly(
        Command::new("mvn")
            .args(["-B", "-q", "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy"])
            .arg(format!("-Dartifact={artifact}"))
            .arg(format!("-DoutputDirectory={}", folder.display())),
    )
}
