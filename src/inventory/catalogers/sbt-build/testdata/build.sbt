ThisBuild / scalaVersion := "2.13.12"
// "org.commented" % "out" % "1.0"
val akkaVersion = "2.8.5"
lazy val root = (project in file("."))
  .settings(
    resolvers += "https://repo.example.org/maven",
    libraryDependencies ++= Seq(
      "org.apache.commons" % "commons-text" % "1.9",
      "com.typesafe.akka" %% "akka-stream" % akkaVersion,
      "org.scalatest" %% "scalatest" % "3.2.17" % Test,
      "org.example" % "open" % "1.+",
      "org.example" % "computed" % versionOf("x")
    )
  )
