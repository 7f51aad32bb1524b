# SPDX-License-Identifier: BSD-2-Clause-Patent
#
# kernel.exe, and one more for each sabotage. Only the files that include sabotage.h differ between them.

CLANG ?= clang-19
LINKER ?= lld-link-19
MINGW_INCLUDE ?= /usr/share/mingw-w64/include

KERNEL_CORE := hf_ack hf_block hf_crc32c hf_frame hf_fwcfg hf_plan_keys hf_slice hf_uart
KERNEL_SOURCES := $(wildcard kernel/*/*.c kernel/*/*.S) $(KERNEL_CORE:%=$(CORE)/%.c)
KERNEL_BASE := 0xFFFFF80000000000

# mingw-w64's DDK headers include clang's retired 3DNow! header, and declare two functions extern that they then define
# static, which clang's Microsoft mode makes external: leave the first declarations out.
DDK_QUIRKS := -D_CLANG_DISABLE_CRT_DEPRECATION_WARNINGS -D__INTRINSIC_DEFINED_InterlockedBitTestAndSet \
	-D__INTRINSIC_DEFINED_InterlockedBitTestAndReset

KERNEL_FLAGS := --target=x86_64-w64-mingw32 -std=gnu11 -O2 -g0 -fms-extensions -ffreestanding -fno-builtin \
	-fno-stack-protector -fno-strict-aliasing -fasynchronous-unwind-tables -mgeneral-regs-only -mno-red-zone \
	-mno-stack-arg-probe -Wall -Wextra -Werror -Wno-multichar $(DDK_QUIRKS) \
	-D_NTOSKRNL_ -D_NTHALDLL_ -D_NTSYSTEM_ -D_CRTIMP= -DPOOL_TAGGING -D_WIN32_WINNT=0x0A00 -DNTDDI_VERSION=0x0A000000 \
	-Ikernel/inc -Iinclude -I$(CORE) -I$(CORE)/../nt/ddk -isystem $(MINGW_INCLUDE) -isystem $(MINGW_INCLUDE)/ddk
LINK_FLAGS := /nologo /nodefaultlib /subsystem:native /machine:x64 /entry:KiSystemStartup /base:$(KERNEL_BASE) \
	/dynamicbase /fixed:no /safeseh:no /def:kernel/kernel.def /noimplib /Brepro

vpath %.c $(wildcard kernel/*) $(CORE)
vpath %.S $(wildcard kernel/*)

# $(1) is a guest's name, $(2) the macro that makes it what it is.
define KERNEL_RULES
$(1)_OBJECTS := $(addprefix $(TARGET)/kernel-objects/$(1)/,$(addsuffix .o,$(basename $(notdir $(KERNEL_SOURCES)))))

$(TARGET)/kernel-objects/$(1)/%.o: %.c kernel.mk
	@mkdir -p $$(@D) && $$(CLANG) $$(KERNEL_FLAGS) $(2) -MMD -MP -c $$< -o $$@

$(TARGET)/kernel-objects/$(1)/%.o: %.S kernel.mk
	@mkdir -p $$(@D) && $$(CLANG) $$(KERNEL_FLAGS) $(2) -MMD -MP -c $$< -o $$@

$(TARGET)/$(1)/kernel.exe: $$($(1)_OBJECTS) kernel/kernel.def kernel.mk
	@mkdir -p $$(@D) && $$(LINKER) $$(LINK_FLAGS) /out:$$@ $$($(1)_OBJECTS)

-include $$($(1)_OBJECTS:.o=.d)
endef

$(eval $(call KERNEL_RULES,contract,))
$(eval $(call KERNEL_RULES,contract-flip-byte,-DSABOTAGE_FLIP_BYTE))
$(eval $(call KERNEL_RULES,contract-hang,-DSABOTAGE_HANG))
$(eval $(call KERNEL_RULES,contract-cut-frame,-DSABOTAGE_CUT_FRAME))
$(eval $(call KERNEL_RULES,contract-repeat-frame,-DSABOTAGE_REPEAT_FRAME))
