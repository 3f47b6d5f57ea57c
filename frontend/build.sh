#!/bin/sh
# Builds and tests the dashboard for Maven; skips steps whose inputs have not changed.
#   sh build.sh build FOLDER   packs the built dashboard into FOLDER
#   sh build.sh test           runs the unit tests of logic and components
#   sh build.sh run COMMAND    runs a command with the Node.js that the build uses
# Uses the system's Node.js if it is 20.19 or newer, else downloads one from the npm registry and checks its digest.
set -eu
cd "$(dirname "$0")"

NODE=22.23.3
NODE_X64=a879f3e6d16c1e88ff58cfae4443558d638d8b9855be6c2b82af00e15efa2a9b95340738fa3c0af31e20c1ba1b13d06d1cd83f00a476e7cdde628acb17f73b9e
NODE_ARM64=9770c01d9adeca5a3ea7d4170edb0eae31b625726a5736179c01a621034e50d01170ca694ced9c99ec1540ffb7ead8c99d213e773a4c36d816f9cde8883bd7b4
NPM=10.9.4
NPM_SUM=3a7506f37e85c1ba1021baad79f0cd9724748131f321fc117c4dc3ba235ec01be7327584a41d15117c01945560aa9373220628fcc1e1dddd877a5fe9b336a900

die() {
  echo "frontend: $*" >&2
  exit 1
}

new_enough() {
  version=$(node --version 2>/dev/null | sed -n 's/^v\([0-9]*\)\.\([0-9]*\)\..*/\1 \2/p')
  [ -n "$version" ] || return 1
  major=${version% *} minor=${version#* }
  [ "$major" -gt 20 ] && [ "$major" -ne 21 ] || { [ "$major" -eq 20 ] && [ "$minor" -ge 19 ]; }
}

# download NAME FILE SHA512 TO: downloads a package from npm's configured registry, checks its digest and unpacks it
download() {
  registry=${npm_config_registry:-https://registry.npmjs.org}
  mkdir -p "$4"
  if command -v curl >/dev/null 2>&1; then
    curl -fsSL --retry 3 -o "$4.tgz" "${registry%/}/$1/-/$2"
  elif command -v wget >/dev/null 2>&1; then
    wget -q -O "$4.tgz" "${registry%/}/$1/-/$2"
  else
    die "needs Node.js 20.19 or newer with npm, or curl to download it; install one of them"
  fi || die "could not download $1 from $registry; install Node.js 20.19 or newer with npm instead"
  if command -v sha512sum >/dev/null 2>&1; then sum=$(sha512sum "$4.tgz"); else sum=$(shasum -a 512 "$4.tgz"); fi
  [ "${sum%% *}" = "$3" ] || die "$1 has the digest ${sum%% *}, expected $3: not used"
  tar -xzf "$4.tgz" -C "$4" --strip-components=1
  rm -f "$4.tgz"
}

find_node() {
  if new_enough && command -v npm >/dev/null 2>&1; then return; fi
  case $(uname -s)-$(uname -m) in
    Linux-x86_64) platform=linux-x64 sum=$NODE_X64 ;;
    Linux-aarch64 | Linux-arm64) platform=linux-arm64 sum=$NODE_ARM64 ;;
    *) die "needs Node.js 20.19 or newer with npm; install it" ;;
  esac
  tools=$PWD/.node/$NODE
  if [ ! -x "$tools/bin/npm" ]; then
    echo "frontend: Node.js 20.19 or newer with npm is not on the PATH; downloading $NODE"
    rm -rf "$tools"
    download "node-$platform" "node-$platform-$NODE.tgz" "$sum" "$tools"
    download npm "npm-$NPM.tgz" "$NPM_SUM" "$tools/npm"
    printf '#!/bin/sh\nexec "%s/bin/node" "%s/npm/bin/npm-cli.js" "$@"\n' "$tools" "$tools" >"$tools/bin/npm"
    chmod +x "$tools/bin/npm" "$tools/bin/node"
  fi
  PATH=$tools/bin:$PATH
  export PATH
}

digest() {
  find "$@" -type f ! -path '*/generated/*' 2>/dev/null | LC_ALL=C sort | xargs cksum | cksum | cut -d ' ' -f 1
}

stamps=node_modules/.hindcast
kept() { [ "$(cat "$stamps/$1" 2>/dev/null)" = "$2" ]; }
keep() { mkdir -p "$stamps" && echo "$2" >"$stamps/$1"; }

install() {
  locked=$(digest package-lock.json .npmrc)
  if kept installed "$locked" && [ -d node_modules/vite ]; then return; fi
  npm ci --include=dev --no-audit --no-fund --loglevel=error || die "npm ci failed"
  keep installed "$locked"
}

case ${1:-} in
  build)
    wanted=$(digest src public index.html vite.config.ts codegen.ts tsconfig.json package.json package-lock.json build.sh \
      ../graphql/src/main/resources/graphql/schema.graphqls)
    if ! kept built "$wanted" || [ ! -f dist/index.html ]; then
      find_node
      install
      npm run --silent build
      keep built "$wanted"
    fi
    rm -rf "$2"
    mkdir -p "$2"
    cp -R dist/. "$2"
    ;;
  test)
    find_node
    install
    npm run --silent generate
    npm test --silent
    ;;
  run)
    find_node
    shift
    exec "$@"
    ;;
  *) die "usage: build.sh build FOLDER | test | run COMMAND" ;;
esac
