# Read by scripts: `debian PACKAGE...` installs Debian packages as root or by sudo; `skip WHAT: WHY` notes a check
# that cannot be made here, in the file of .ci/run that HUIBAO_SKIPPED names.
debian() {
  command -v apt-get >/dev/null || { echo "no apt-get here: install $* yourself" >&2; return 1; }
  local as=()
  [ "$(id -u)" -eq 0 ] || { command -v sudo >/dev/null || { echo "neither root nor sudo: install $* yourself" >&2; return 1; }; as=(sudo -n); }
  # The lists are read once a run.
  [ -n "${DEBIAN_LISTS:-}" ] || "${as[@]}" apt-get update -qq || return 1
  DEBIAN_LISTS=1
  "${as[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null
}

skip() {
  echo "!!! SKIPPED $1"
  [ -z "${HUIBAO_SKIPPED:-}" ] || echo "$1" >>"$HUIBAO_SKIPPED"
}
