#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause-Patent
#
# Runs EDK II's build on a composed workspace. Silent unless it fails.
#
#   usage: EDK2_DIR=TREE build-loader.sh WORKSPACE

set -eu

if [ ! -x "$EDK2_DIR/BaseTools/Source/C/bin/GenFw" ]; then
    echo "EDK2_DIR=$EDK2_DIR is no EDK II tree with built BaseTools" >&2
    exit 1
fi

WORKSPACE=$(cd "$1" && pwd)
EDK_TOOLS_PATH=$(cd "$EDK2_DIR" && pwd)/BaseTools
PACKAGES_PATH=$WORKSPACE:${EDK_TOOLS_PATH%/BaseTools}
CONF_PATH=$WORKSPACE/Conf
PYTHON_COMMAND=python3
PATH=$EDK_TOOLS_PATH/BinWrappers/PosixLike:$PATH
export WORKSPACE EDK_TOOLS_PATH PACKAGES_PATH CONF_PATH PYTHON_COMMAND PATH

mkdir -p "$CONF_PATH"
for name in target tools_def build_rule; do
    [ -e "$CONF_PATH/$name.txt" ] || cp "$EDK_TOOLS_PATH/Conf/$name.template" "$CONF_PATH/$name.txt"
done

log=$WORKSPACE/build.log
# MAKEFLAGS of the calling make name a job server that EDK II's own make would look for in vain.
unset MAKEFLAGS MFLAGS MAKELEVEL
cd "$WORKSPACE"
if ! build -n "$(nproc)" -a X64 -t GCC5 -b RELEASE -p ContractLoaderPkg/ContractLoaderPkg.dsc >"$log" 2>&1; then
    tail -n 60 "$log" >&2
    exit 1
fi
