/** Binary packages of Debian and Ubuntu by their source, for records that do not name it; `=` lists those of the source's own name. */
const BY_SOURCE: Readonly<Record<string, string>> = {
  '=':
    'apt base-files base-passwd bash busybox bzip2 ca-certificates coreutils curl dash dpkg fontconfig findutils grep gzip ' +
    'haproxy hostname jq less libcap2 media-types netbase nginx openssl procps rsync sed sqlite3 sudo tar ' +
    'tzdata unzip wget zip',
  acl: 'libacl1',
  apr: 'libapr1',
  'apr-util': 'libaprutil1',
  attr: 'libattr1',
  audit: 'libaudit1 libaudit-common',
  brotli: 'libbrotli1',
  busybox: 'busybox-static',
  bzip2: 'libbz2-1.0',
  curl: 'libcurl4 libcurl3-gnutls',
  'cyrus-sasl2': 'libsasl2-2 libsasl2-modules libsasl2-modules-db',
  'db5.3': 'libdb5.3',
  e2fsprogs: 'libcom-err2 libss2 libext2fs2 e2fsprogs logsave',
  expat: 'libexpat1',
  fontconfig: 'libfontconfig1 fontconfig-config',
  freetype: 'libfreetype6',
  'glib2.0': 'libglib2.0-0 libglib2.0-data libglib2.0-bin',
  glibc: 'libc6 libc-bin locales',
  gmp: 'libgmp10',
  gnutls28: 'libgnutls30',
  keyutils: 'libkeyutils1',
  krb5: 'libgssapi-krb5-2 libkrb5-3 libk5crypto3 libkrb5support0 krb5-locales',
  lcms2: 'liblcms2-2',
  libcap2: 'libcap2-bin',
  libevent: 'libevent-2.1-7',
  libffi: 'libffi8 libffi7',
  libgcrypt20: 'libgcrypt20',
  'libgpg-error': 'libgpg-error0',
  libidn2: 'libidn2-0',
  'libjpeg-turbo': 'libjpeg-turbo8',
  libnsl: 'libnsl2',
  'libpng1.6': 'libpng16-16',
  libpsl: 'libpsl5',
  libselinux: 'libselinux1',
  'libtasn1-6': 'libtasn1-6',
  libtirpc: 'libtirpc3 libtirpc-common',
  libunistring: 'libunistring2 libunistring5',
  libunwind: 'libunwind8',
  libxcrypt: 'libcrypt1',
  libxml2: 'libxml2',
  libyaml: 'libyaml-0-2',
  libzstd: 'libzstd1 zstd',
  ust: 'liblttng-ust1 liblttng-ust-common1 liblttng-ust-ctl5',
  lz4: 'liblz4-1 lz4',
  ncurses: 'libncursesw6 libncurses6 libtinfo6 ncurses-base ncurses-bin',
  nettle: 'libnettle8 libhogweed6',
  nghttp2: 'libnghttp2-14',
  numactl: 'libnuma1',
  openldap: 'libldap-2.5-0 libldap2 libldap-common',
  openssl: 'libssl3 libssl1.1',
  'p11-kit': 'libp11-kit0',
  pam: 'libpam0g libpam-modules libpam-modules-bin libpam-runtime',
  pcre2: 'libpcre2-8-0 libpcre2-posix3',
  pcre3: 'libpcre3',
  perl: 'perl-base perl perl-modules-5.38',
  'python3-defaults': 'python3 python3-minimal libpython3-stdlib',
  readline: 'libreadline8 readline-common',
  shadow: 'login passwd',
  sqlite3: 'libsqlite3-0',
  systemd: 'libsystemd0 libudev1',
  'util-linux': 'libuuid1 libblkid1 libmount1 libsmartcols1 mount util-linux bsdutils',
  'xz-utils': 'liblzma5 xz-utils',
  zlib: 'zlib1g',
};

const SOURCES: ReadonlyMap<string, string> = new Map(
  Object.entries(BY_SOURCE).flatMap(([source, binaries]) =>
    binaries.split(' ').map((binary) => [binary, source === '=' ? binary : source]),
  ),
);

const GCC = new Set(['libgcc-s1', 'libstdc++6', 'libgomp1', 'libatomic1', 'gcc-base']);

/** The source of a binary package, where it is beyond doubt; undefined otherwise. */
export function knownSource(name: string, version: string): string | undefined {
  // Ubuntu and Debian renamed the libraries whose time_t grew: `libssl3t64`.
  const plain = name.replace(/t64$/, '');
  if (GCC.has(plain)) return `gcc-${/^(?:\d+:)?(\d+)/.exec(version)?.[1] ?? ''}`;
  const [, python] = /^(?:lib)?(python3\.\d{1,3})(?:-minimal|-stdlib)?$/.exec(plain) ?? [];
  const [, dotnet] = /^(?:dotnet-(?:host|hostfxr|runtime)|aspnetcore-runtime)-(\d{1,3})\.0$/.exec(plain) ?? [];
  const [, openjdk] = /^(openjdk-\d{1,3})-/.exec(plain) ?? [];
  if (dotnet !== undefined) return `dotnet${dotnet}`;
  return SOURCES.get(plain) ?? python ?? openjdk ?? (/^libicu\d+$/.test(plain) ? 'icu' : undefined);
}
