# SPDX-License-Identifier: BSD-2-Clause-Patent
#
# loader.efi. The package is composed in a workspace of its own, where the portable core stands beside it, because an
# EDK II module's sources lie below its INF file.

WORKSPACE := $(TARGET)/edk2-workspace
PACKAGE := $(WORKSPACE)/ContractLoaderPkg
LOADER_EFI := $(WORKSPACE)/Build/ContractLoader/RELEASE_GCC5/X64/ContractLoader.efi

LOADER_CORE := hf_ack hf_crc32c hf_frame hf_fwcfg hf_plan hf_uart
LOADER_HEADERS := $(notdir $(wildcard $(CORE)/*.h))

# Where each file of the composed package comes from.
PACKAGED := $(patsubst ContractLoaderPkg/%,$(PACKAGE)/%,$(wildcard ContractLoaderPkg/*.* ContractLoaderPkg/X64/*)) \
	$(LOADER_CORE:%=$(PACKAGE)/Common/%.c) $(LOADER_HEADERS:%=$(PACKAGE)/Common/%) $(PACKAGE)/Include/LoaderBlock.h

$(PACKAGE)/Common/%: $(CORE)/%
	@mkdir -p $(@D) && cp -p $< $@

$(PACKAGE)/Include/%: include/%
	@mkdir -p $(@D) && cp -p $< $@

$(PACKAGE)/%: ContractLoaderPkg/%
	@mkdir -p $(@D) && cp -p $< $@

$(LOADER_EFI): $(PACKAGED) build-loader.sh
	@EDK2_DIR="$(EDK2_DIR)" ./build-loader.sh $(WORKSPACE)
	@touch $@

$(GUESTS:%=$(TARGET)/%/loader.efi): $(LOADER_EFI)
	@mkdir -p $(@D) && cp $< $@
