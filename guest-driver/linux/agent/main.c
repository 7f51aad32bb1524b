// SPDX-License-Identifier: BSD-2-Clause-Patent
/* The first process: puts memory under pressure, has the block looked for and mapped, and tells the harness. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "again.h"
#include "channel.h"
#include "complaints.h"
#include "devmem.h"
#include "driver.h"
#include "files.h"
#include "module.h"
#include "place.h"
#include "pressure.h"
#include "regions.h"
#include "say.h"

#define FW_CFG "/sys/firmware/qemu_fw_cfg"
#define PLAN_PATH FW_CFG "/by_name/" HF_PLAN_FILE "/raw"
#define DRIVER_PATH "/holdfast/holdfast.ko"

static char plan_text[HF_PLAN_MAX + 2];
static size_t plan_size;
static HF_PLAN plan;

/* Documentation/ABI/testing/sysfs-firmware-qemu_fw_cfg. */
static void read_plan(void)
{
	HF_PLAN_RESULT result;
	HF_UINT32 line;
	char detail[64];
	ssize_t size;

	if (access(FW_CFG, F_OK))
		say_fatal(NULL, "no-fw-cfg", FW_CFG, errno);
	size = read_text(PLAN_PATH, plan_text, sizeof(plan_text));
	if (size < 0)
		say_fatal(NULL, "no-plan", PLAN_PATH, (int)-size);
	plan_size = (size_t)size;
	result = HfPlanParse(plan_text, plan_size, &plan, &line);
	if (result != HfPlanSound) {
		snprintf(detail, sizeof(detail), "%s in line %u", HfPlanResultName(result), line);
		say_fatal(NULL, "bad-plan", detail, EINVAL);
	}
}

static void boot_again(void)
{
	int error = 0;

	if (plan.Reboot == HfRebootKexec)
		error = again_kexec(&plan);
	else if (plan.Reboot == HfRebootReset)
		error = again_reset();
	if (error)
		say_fatal(&plan, "no-second-boot", NULL, error);
}

static void load_driver(void)
{
	int error = module_load(DRIVER_PATH);

	complaints_say("module");
	if (error == ENOENT && access(DRIVER_PATH, F_OK))
		say_fatal(&plan, "no-module", DRIVER_PATH, error);
	if (error)
		say_fatal(&plan, "module-refused", complaints_of_module() ? complaints_of_module() : strerror(error), error);
	error = driver_open(plan_text, plan_size);
	if (error)
		say_fatal(&plan, "no-device", strerror(error), error);
}

/* Where nobody knows where the block was, what the kernel made of all the places where it might have been. */
static void say_regions(const struct hf_ioc_place *place)
{
	if (place->address)
		regions_say(place->address, place->address + plan.Pages * HF_PAGE_SIZE - 1);
	else if (plan.LocateMethod == HfLocateScan)
		regions_say(plan.Locate.From, plan.Locate.To - 1);
}

static void map_from_kernel(const HF_PLAN_MAPPING *mapping)
{
	char during[64];
	int error;

	complaints_renew();
	error = driver_map(mapping);
	snprintf(during, sizeof(during), "%s.%s", HfPlanMapApiName(mapping->Api), HfPlanCacheName(mapping->Cache));
	complaints_say(during);
	if (error)
		say_fatal(&plan, "driver-died", during, error);
}

static void map_from_user_space(const HF_PLAN_MAPPING *mapping, const struct hf_ioc_place *place)
{
	char during[64];

	complaints_renew();
	devmem_map(&plan, mapping, place->address);
	snprintf(during, sizeof(during), "%s.%s", HfPlanMapApiName(mapping->Api), HfPlanCacheName(mapping->Cache));
	complaints_say(during);
}

/* The module's mappings first, then those of user space. */
static void try_mappings(const struct hf_ioc_place *place)
{
	HF_UINT32 index;
	int from_user_space = 0;

	if (plan.BatchCount == 0) {
		plan.Batch[0] = (HF_PLAN_MAPPING){plan.MapApi, plan.MapCache};
		plan.BatchCount = 1;
	}
	for (index = 0; place->address && index < plan.BatchCount; index++) {
		if (devmem_has(plan.Batch[index].Api))
			from_user_space = 1;
		else
			map_from_kernel(&plan.Batch[index]);
	}
	driver_end();
	if (!from_user_space)
		return;
	devmem_start(&plan);
	for (index = 0; index < plan.BatchCount; index++)
		if (devmem_has(plan.Batch[index].Api))
			map_from_user_space(&plan.Batch[index], place);
	devmem_end(&plan);
}

int main(void)
{
	struct hf_ioc_place place;

	channel_open();
	complaints_open();
	if (again_resume()) {
		say_resumed();
		read_plan();
		complaints_say("second-boot");
	} else {
		say_start();
		read_plan();
		complaints_say("boot");
		if (plan.Pressure == HfPressureFull) {
			pressure_apply();
			complaints_say("pressure");
		}
		boot_again();
	}
	place_find(&plan, &place);
	load_driver();
	(void)driver_locate(&place);
	complaints_say("locating");
	say_regions(&place);
	try_mappings(&place);
	complaints_say("end");
	say_end(&plan, OUTCOME_DONE);
}
