# EDK II as Debian packages it: the upstream tarball of the source package edk2, which every revision of the package shares.
EDK2_VERSION = 2022.11
EDK2_SHA256 = 64257dd8a2778c969b8a869cd3b6eda2db2a346bfcf24dc729859745968f1fd6
