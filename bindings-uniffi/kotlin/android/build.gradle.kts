// The AAR: the Kotlin of ../src and the generated one, and the library for three ABIs. Needs the Android SDK and NDK, `cargo-ndk`, and
// Rust's Android targets; run `gradle assembleRelease` here.

plugins {
    id("com.android.library") version "8.13.2"
    id("org.jetbrains.kotlin.android") version "2.4.21"
}

val root = rootDir.resolve("../../..")
val generated = layout.buildDirectory.dir("generated/uniffi")
val natives = layout.buildDirectory.dir("natives")
val abis = listOf("arm64-v8a", "armeabi-v7a", "x86_64")

android {
    namespace = "wxpusher"
    compileSdk = 36
    defaultConfig {
        minSdk = 23
        // Applied to whoever depends on the AAR.
        consumerProguardFiles("../src/main/resources/META-INF/proguard/wxpusher.pro")
    }
    sourceSets["main"].apply {
        kotlin.srcDirs("../src/main/kotlin", generated)
        jniLibs.srcDirs(natives)
    }
    compileOptions {
        sourceCompatibility = JavaVersion.VERSION_11
        targetCompatibility = JavaVersion.VERSION_11
    }
}

kotlin {
    compilerOptions {
        jvmTarget = org.jetbrains.kotlin.gradle.dsl.JvmTarget.JVM_11
        allWarningsAsErrors = true
    }
}

dependencies {
    // The AAR of JNA holds Android's natives; its jar does not, and must not come along.
    api("net.java.dev.jna:jna:5.19.1@aar")
    api("org.jetbrains.kotlinx:kotlinx-coroutines-android:1.11.0")
}

// Library and bindings in one step: they carry checksums of each other. The release profile keeps the symbols that the generator
// reads; Gradle strips what goes into the AAR.
val natively by tasks.registering {
    inputs.dir(root.resolve("core/src"))
    inputs.dir(root.resolve("bindings-uniffi/src"))
    inputs.file(root.resolve("bindings-uniffi/uniffi.toml"))
    inputs.file(root.resolve("bindings-uniffi/kotlin/patch-generated.pl"))
    inputs.file(root.resolve("Cargo.lock"))
    outputs.dirs(generated, natives)
    doLast {
        fun run(vararg command: String) {
            val status = ProcessBuilder(*command).directory(root).inheritIO().start().waitFor()
            check(status == 0) { "${command.joinToString(" ")} failed" }
        }
        fun cargo(vararg args: String) = run("cargo", *args)
        val targets = abis.flatMap { listOf("--target", it) }.toTypedArray()
        val out = natives.get().asFile.path
        cargo("ndk", *targets, "--platform", "23", "--output-dir", out, "build", "--release", "-p", "wxpusher-uniffi")
        val library = "$out/${abis.first()}/libwxpusher_uniffi.so"
        val into = generated.get().asFile.path
        cargo(
            "run", "-p", "wxpusher-uniffi-bindgen", "--", "generate", "--language", "kotlin", "--no-format", "--out-dir", into, library,
        )
        run("perl", "$rootDir/../patch-generated.pl", "$into/wxpusher/wxpusher.kt")
    }
}

tasks.named("preBuild") { dependsOn(natively) }
