plugins {
    kotlin("jvm") version "1.9.22"
    id("com.github.johnrengelman.shadow") version "8.1.1"
}
val ktor = "2.3.7"
dependencies {
    implementation("io.ktor:ktor-server-core:$ktor")
    api(group = "org.slf4j", name = "slf4j-api", version = "1.7.30")
    kapt("com.google.dagger:dagger-compiler:2.50")
}
