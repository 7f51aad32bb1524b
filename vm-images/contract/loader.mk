# SPDX-License-Identifier: BSD-2-Clause-Patent
#
# loader.efi, the same for every guest.

WORKSPACE := $(TARGET)/edk2-workspace
LOADER_EFI := $(WORKSPACE)/Build/ContractLoader/RELEASE_GCC5/X64/ContractLoader.efi
EDK2_BUILD := ../../uefi-app/edk2/build

LOADER_SOURCES := ContractLoaderPkg.dec ContractLoaderPkg.dsc include/LoaderBlock.h \
	$(wildcard ContractLoaderPkg/* ContractLoaderPkg/X64/* $(CORE)/* $(CORE)/../*.dec $(CORE)/../uefi/*)

$(LOADER_EFI): $(LOADER_SOURCES) $(EDK2_BUILD) loader.mk
	@$(EDK2_BUILD) $(WORKSPACE) vm-images/contract/ContractLoaderPkg.dsc
	@touch $@

$(GUESTS:%=$(TARGET)/%/loader.efi): $(LOADER_EFI)
	@mkdir -p $(@D) && cp $< $@
