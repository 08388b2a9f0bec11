import type { Cataloger } from '../cataloger.ts';
import { alpmDb } from './alpm-db/index.ts';
import { apkDb } from './apk-db/index.ts';
import { bazelMaven } from './bazel-maven/index.ts';
import { bazelModule } from './bazel-module/index.ts';
import { binaryProduct } from './binary-product/index.ts';
import { bitnamiComponent } from './bitnami-component/index.ts';
import { bottlerocketInventory } from './bottlerocket-inventory/index.ts';
import { bunLock } from './bun-lock/index.ts';
import { bunLockb } from './bun-lockb/index.ts';
import { cabalFreeze } from './cabal-freeze/index.ts';
import { cargoLock } from './cargo-lock/index.ts';
import { carthageResolved } from './carthage-resolved/index.ts';
import { cartonSnapshot } from './carton-snapshot/index.ts';
import { clojureProject } from './clojure-project/index.ts';
import { composerInstalled } from './composer-installed/index.ts';
import { composerLock } from './composer-lock/index.ts';
import { conanInfo } from './conan-info/index.ts';
import { conanLock } from './conan-lock/index.ts';
import { conanfile } from './conanfile/index.ts';
import { condaEnvironment } from './conda-environment/index.ts';
import { condaLock } from './conda-lock/index.ts';
import { condaMeta } from './conda-meta/index.ts';
import { cpanDistribution } from './cpan-distribution/index.ts';
import { csproj } from './csproj/index.ts';
import { denoLock } from './deno-lock/index.ts';
import { dotnetAssembly } from './dotnet-assembly/index.ts';
import { dotnetDeps } from './dotnet-deps/index.ts';
import { dpkgDb } from './dpkg-db/index.ts';
import { elfPackageNote } from './elf-package-note/index.ts';
import { elmJson } from './elm-json/index.ts';
import { embeddedSbom } from './embedded-sbom/index.ts';
import { erlangApp } from './erlang-app/index.ts';
import { flatpakDeploy } from './flatpak-deploy/index.ts';
import { gemfileLock } from './gemfile-lock/index.ts';
import { gemspec } from './gemspec/index.ts';
import { githubActions } from './github-actions/index.ts';
import { gleamManifest } from './gleam-manifest/index.ts';
import { goBinary } from './go-binary/index.ts';
import { goMod } from './go-mod/index.ts';
import { goVendor } from './go-vendor/index.ts';
import { gradleBuild } from './gradle-build/index.ts';
import { gradleCatalog } from './gradle-catalog/index.ts';
import { gradleLockfile } from './gradle-lockfile/index.ts';
import { gradleVerification } from './gradle-verification/index.ts';
import { haskellPackage } from './haskell-package/index.ts';
import { helmChart } from './helm-chart/index.ts';
import { homebrewCellar } from './homebrew-cellar/index.ts';
import { huggingfaceCache } from './huggingface-cache/index.ts';
import { ivyXml } from './ivy-xml/index.ts';
import { javaArchive } from './java-archive/index.ts';
import { juliaManifest } from './julia-manifest/index.ts';
import { juliaPackage } from './julia-package/index.ts';
import { jvmRelease } from './jvm-release/index.ts';
import { linuxKernel } from './linux-kernel/index.ts';
import { luarocksRock } from './luarocks-rock/index.ts';
import { mavenPom } from './maven-pom/index.ts';
import { mixLock } from './mix-lock/index.ts';
import { nimbleLock } from './nimble-lock/index.ts';
import { nixStore } from './nix-store/index.ts';
import { nodePackage } from './node-package/index.ts';
import { npmLock } from './npm-lock/index.ts';
import { nugetAssets } from './nuget-assets/index.ts';
import { nugetConfig } from './nuget-config/index.ts';
import { nugetLock } from './nuget-lock/index.ts';
import { nugetProps } from './nuget-props/index.ts';
import { opamFile } from './opam-file/index.ts';
import { opamSwitch } from './opam-switch/index.ts';
import { opkgDb } from './opkg-db/index.ts';
import { packageJson } from './package-json/index.ts';
import { paketLock } from './paket-lock/index.ts';
import { pdmLock } from './pdm-lock/index.ts';
import { pearRegistry } from './pear-registry/index.ts';
import { pipRequirements } from './pip-requirements/index.ts';
import { pipfileLock } from './pipfile-lock/index.ts';
import { pixiLock } from './pixi-lock/index.ts';
import { pnpmLock } from './pnpm-lock/index.ts';
import { podfileLock } from './podfile-lock/index.ts';
import { poetryLock } from './poetry-lock/index.ts';
import { portageDb } from './portage-db/index.ts';
import { preCommit } from './pre-commit/index.ts';
import { pubspecLock } from './pubspec-lock/index.ts';
import { pylock } from './pylock/index.ts';
import { pythonPackage } from './python-package/index.ts';
import { pythonProject } from './python-project/index.ts';
import { rLibrary } from './r-library/index.ts';
import { rebarLock } from './rebar-lock/index.ts';
import { renvLock } from './renv-lock/index.ts';
import { rockspec } from './rockspec/index.ts';
import { rpmDb } from './rpm-db/index.ts';
import { rustBinary } from './rust-binary/index.ts';
import { sbtBuild } from './sbt-build/index.ts';
import { sbtLock } from './sbt-lock/index.ts';
import { shardLock } from './shard-lock/index.ts';
import { slackwareDb } from './slackware-db/index.ts';
import { snapYaml } from './snap-yaml/index.ts';
import { stackLock } from './stack-lock/index.ts';
import { swiftResolved } from './swift-resolved/index.ts';
import { swiplPack } from './swipl-pack/index.ts';
import { terraformLock } from './terraform-lock/index.ts';
import { uvLock } from './uv-lock/index.ts';
import { vcpkgManifest } from './vcpkg-manifest/index.ts';
import { vcpkgStatus } from './vcpkg-status/index.ts';
import { wordpress } from './wordpress/index.ts';
import { yarnLock } from './yarn-lock/index.ts';
import { zigZon } from './zig-zon/index.ts';

/** Every cataloger. To add one: a folder of its id beside this file, and a line here. */
export const catalogers = [
  alpmDb,
  apkDb,
  bazelMaven,
  bazelModule,
  binaryProduct,
  bitnamiComponent,
  bottlerocketInventory,
  bunLock,
  bunLockb,
  cabalFreeze,
  cargoLock,
  carthageResolved,
  cartonSnapshot,
  clojureProject,
  composerInstalled,
  composerLock,
  conanfile,
  conanInfo,
  conanLock,
  condaEnvironment,
  condaLock,
  condaMeta,
  cpanDistribution,
  csproj,
  denoLock,
  dotnetAssembly,
  dotnetDeps,
  dpkgDb,
  elfPackageNote,
  elmJson,
  embeddedSbom,
  erlangApp,
  flatpakDeploy,
  gemfileLock,
  gemspec,
  githubActions,
  gleamManifest,
  goBinary,
  goMod,
  goVendor,
  gradleBuild,
  gradleCatalog,
  gradleLockfile,
  gradleVerification,
  haskellPackage,
  helmChart,
  homebrewCellar,
  huggingfaceCache,
  ivyXml,
  javaArchive,
  juliaManifest,
  juliaPackage,
  jvmRelease,
  linuxKernel,
  luarocksRock,
  mavenPom,
  mixLock,
  nimbleLock,
  nixStore,
  nodePackage,
  npmLock,
  nugetAssets,
  nugetConfig,
  nugetLock,
  nugetProps,
  opamFile,
  opamSwitch,
  opkgDb,
  packageJson,
  paketLock,
  pdmLock,
  pearRegistry,
  pipfileLock,
  pipRequirements,
  pixiLock,
  pnpmLock,
  podfileLock,
  poetryLock,
  portageDb,
  preCommit,
  pubspecLock,
  pylock,
  pythonPackage,
  pythonProject,
  rebarLock,
  renvLock,
  rLibrary,
  rockspec,
  rpmDb,
  rustBinary,
  sbtBuild,
  sbtLock,
  shardLock,
  slackwareDb,
  snapYaml,
  stackLock,
  swiftResolved,
  swiplPack,
  terraformLock,
  uvLock,
  vcpkgManifest,
  vcpkgStatus,
  wordpress,
  yarnLock,
  zigZon,
] as const satisfies readonly Cataloger[];
