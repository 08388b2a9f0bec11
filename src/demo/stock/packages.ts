import type { PackageType } from '#model/index.ts';
import type { Stack } from '../organisation.ts';

/** What the bases and libraries of the made-up images consist of: real names, made-up histories. `name` or `name version`. */
export interface Stock {
  readonly type: PackageType;
  readonly names: readonly string[];
}

function list(text: string): readonly string[] {
  return text.trim().split(/\s+/);
}

const common = list(
  `bash zlib openssl curl sqlite ncurses readline expat krb5 libxml2 gnutls libgcrypt libtasn1 nettle p11-kit xz zstd bzip2 lz4
  pcre2 libidn2 libunistring brotli nghttp2 libssh2 libpsl c-ares libffi gmp attr acl libcap libseccomp util-linux coreutils`,
);

export const systems = {
  debian: {
    type: 'deb',
    names: [
      ...common,
      ...list(`adduser apt base-files base-passwd dash debconf debianutils diffutils dpkg e2fsprogs findutils gcc-12 glibc grep gzip
      hostname init-system-helpers libbz2 libdb5.3 libmd libselinux libsemanage libxcrypt libzstd login lsb mawk mount passwd perl
      sed shadow sysvinit systemd tar tzdata usrmerge xxhash cyrus-sasl2 openldap rtmpdump libevent procps iproute2 ca-certificates
      gnupg2 libgpg-error libassuan libksba npth pinentry libjpeg-turbo libpng tiff freetype fontconfig libwebp git less openssh wget`),
    ],
  },
  ubuntu: {
    type: 'deb',
    names: [
      ...common,
      ...list(`apt base-files bsdutils dash debconf dpkg e2fsprogs findutils gcc-13 glibc gpgv grep gzip keyutils libaudit
      libblkid libdb5.3 libkeyutils libpam libproc2 libsystemd libudev libxxhash login mawk openldap passwd perl procps sed
      sensible-utils shadow sysvinit-utils systemd tar ubuntu-keyring usrmerge cyrus-sasl2 rtmpdump ca-certificates libpng freetype`),
    ],
  },
  alpine: {
    type: 'apk',
    names:
      list(`alpine-baselayout alpine-keys apk-tools busybox ca-certificates libcrypto3 libssl3 musl musl-utils scanelf ssl_client zlib
    libcurl nghttp2-libs brotli-libs c-ares libidn2 libunistring libpsl zstd-libs sqlite-libs expat libffi xz-libs ncurses-libs readline
    libstdc++ libgcc gmp tzdata libxml2 pcre2 git openssh-client libpng freetype icu-libs`),
  },
} as const satisfies Readonly<Record<string, Stock>>;

export type System = keyof typeof systems;

export const libraries: Readonly<Record<Stack, Stock>> = {
  node: {
    type: 'npm',
    names:
      list(`express body-parser cookie send serve-static qs path-to-regexp ws axios follow-redirects lodash minimist semver tar
    json5 loader-utils word-wrap undici node-fetch jsonwebtoken jws ansi-regex braces micromatch debug ms async moment handlebars ejs
    pug marked sanitize-html dompurify xml2js fast-xml-parser socket.io engine.io passport helmet cors multer busboy formidable sharp
    mongodb pg mysql2 sequelize knex redis ioredis amqplib kafkajs winston pino uuid nanoid date-fns ajv yaml js-yaml protobufjs
    graphql apollo-server next react react-dom vue postcss webpack rollup vite esbuild tough-cookie http-cache-semantics got`),
  },
  java: {
    type: 'maven',
    names: list(`org.apache.logging.log4j:log4j-core org.apache.logging.log4j:log4j-api org.springframework:spring-core
    org.springframework:spring-web org.springframework:spring-webmvc org.springframework:spring-beans org.springframework.boot:spring-boot
    org.springframework.security:spring-security-core com.fasterxml.jackson.core:jackson-databind com.fasterxml.jackson.core:jackson-core
    org.yaml:snakeyaml io.netty:netty-handler io.netty:netty-codec-http io.netty:netty-codec-http2 io.netty:netty-common
    org.apache.tomcat.embed:tomcat-embed-core org.apache.commons:commons-text org.apache.commons:commons-compress commons-io:commons-io
    commons-fileupload:commons-fileupload com.google.guava:guava com.google.protobuf:protobuf-java org.postgresql:postgresql
    com.h2database:h2 ch.qos.logback:logback-core ch.qos.logback:logback-classic org.hibernate.orm:hibernate-core
    org.eclipse.jetty:jetty-server org.eclipse.jetty:jetty-http org.bouncycastle:bcprov-jdk18on com.nimbusds:nimbus-jose-jwt
    org.apache.kafka:kafka-clients org.apache.httpcomponents:httpclient com.squareup.okhttp3:okhttp com.squareup.okio:okio
    net.minidev:json-smart com.jayway.jsonpath:json-path org.apache.velocity:velocity-engine-core org.apache.shiro:shiro-core
    org.apache.zookeeper:zookeeper io.grpc:grpc-netty org.apache.avro:avro org.xerial.snappy:snappy-java org.json:json`),
  },
  python: {
    type: 'pypi',
    names:
      list(`django flask jinja2 werkzeug requests urllib3 certifi idna aiohttp cryptography pyjwt pyyaml pillow numpy pandas scipy
    scikit-learn tensorflow torch transformers sqlalchemy psycopg2 redis celery kombu gunicorn uvicorn starlette fastapi pydantic lxml
    paramiko setuptools pip wheel black tornado twisted zipp protobuf grpcio boto3 notebook jupyter-server mistune bleach markdown
    rsa ecdsa oauthlib sentry-sdk pyspark airflow dask streamlit gradio mlflow`),
  },
  go: {
    type: 'golang',
    names: list(`stdlib golang.org/x/net golang.org/x/crypto golang.org/x/text golang.org/x/sys google.golang.org/grpc
    google.golang.org/protobuf github.com/gin-gonic/gin github.com/gorilla/websocket github.com/gorilla/mux github.com/golang-jwt/jwt/v5
    github.com/docker/docker github.com/containerd/containerd github.com/opencontainers/runc k8s.io/kubernetes k8s.io/client-go
    github.com/prometheus/client_golang github.com/sirupsen/logrus go.etcd.io/etcd/client/v3 github.com/hashicorp/consul/api
    github.com/hashicorp/vault/api github.com/nats-io/nats-server/v2 github.com/jackc/pgx/v5 github.com/quic-go/quic-go
    github.com/go-jose/go-jose/v4 github.com/crewjam/saml gopkg.in/yaml.v3 github.com/miekg/dns github.com/coredns/coredns`),
  },
};

/** What is not set here is under the MIT licence. */
export const licences: ReadonlyMap<string, string> = new Map([
  ['mysql2', 'GPL-2.0-only'],
  ['readline', 'GPL-3.0-or-later'],
  ['bash', 'GPL-3.0-or-later'],
  ['glibc', 'LGPL-2.1-or-later'],
  ['mongodb', 'SSPL-1.0'],
  ['gradio', 'AGPL-3.0-only'],
  ['com.h2database:h2', 'EPL-1.0'],
  ['org.apache.logging.log4j:log4j-core', 'Apache-2.0'],
]);
