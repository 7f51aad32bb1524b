// SPDX-License-Identifier: BSD-2-Clause-Patent
#include "place.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/types.h>

#include "files.h"
#include "hf_place.h"

/* Documentation/filesystems/efivarfs.rst: name and vendor; 4 bytes of attributes stand before the value. */
#define VARIABLE_FILE "/sys/firmware/efi/efivars/HoldfastBlock-a0a19228-8984-4505-9e55-1d8f0610d643"
#define ATTRIBUTES_SIZE 4

/* Documentation/ABI/testing/sysfs-firmware-acpi. */
#define TABLE_FILE "/sys/firmware/acpi/tables/HFPL"

static void fail(struct hf_ioc_place *place, const char *step, int status)
{
	place->status = status;
	snprintf(place->step, sizeof(place->step), "%s", step);
}

static void take(struct hf_ioc_place *place, const HF_PLACE *found)
{
	place->address = found->Address;
	place->bytes = found->Bytes;
	memcpy(place->nonce, found->Nonce, sizeof(place->nonce));
}

static void from_variable(struct hf_ioc_place *place)
{
	char value[ATTRIBUTES_SIZE + sizeof(HF_PLACE) + 2];
	ssize_t size = read_text(VARIABLE_FILE, value, sizeof(value));
	HF_PLACE found;

	if (size != ATTRIBUTES_SIZE + sizeof(HF_PLACE)) {
		fail(place, "efivarfs", size < 0 ? (int)-size : EINVAL);
		return;
	}
	memcpy(&found, value + ATTRIBUTES_SIZE, sizeof(found));
	take(place, &found);
}

static void from_table(struct hf_ioc_place *place)
{
	char value[sizeof(HF_PLACE_TABLE) + 2];
	ssize_t size = read_text(TABLE_FILE, value, sizeof(value));
	HF_PLACE_TABLE table;
	HF_PLACE found;

	if (size < 0) {
		fail(place, "acpi-tables", (int)-size);
		return;
	}
	memcpy(&table, value, sizeof(table));
	if (!HfPlaceTableIsSound(&table, (HF_SIZE)size)) {
		fail(place, "acpi-table", EINVAL);
		return;
	}
	found = table.Place;
	take(place, &found);
}

void place_find(const HF_PLAN *plan, struct hf_ioc_place *place)
{
	memset(place, 0, sizeof(*place));
	if (plan->LocateMethod == HfLocateVariable)
		from_variable(place);
	else if (plan->LocateMethod == HfLocateAcpiTable)
		from_table(place);
}
