// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause-Patent
/* /dev/holdfast: the agent's orders, one at a time, and the frames that they led to. */
#include <linux/fs.h>
#include <linux/miscdevice.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/slab.h>
#include <linux/uaccess.h>

#include "check.h"
#include "hf_ioctl.h"
#include "hf_uart.h"
#include "locate.h"
#include "mapping.h"
#include "report.h"

static DEFINE_MUTEX(lock);
static HF_PLAN plan;
static bool has_plan;
static u64 address;	/* of the block, or where it must have been; 0 where that is not known */
static int outcome;	/* of the first thing that went wrong */

static void note(int error)
{
	if (!outcome)
		outcome = error;
}

static long take_plan(const struct hf_ioc_plan __user *argument)
{
	struct hf_ioc_plan *text = memdup_user(argument, sizeof(*text));
	HF_PLAN_RESULT result = HfPlanTooLong;
	HF_UINT32 line = 0;

	if (IS_ERR(text))
		return PTR_ERR(text);
	if (text->size <= sizeof(text->text))
		result = HfPlanParse(text->text, text->size, &plan, &line);
	kfree(text);
	has_plan = result == HfPlanSound;
	address = 0;
	if (!has_plan) {
		hf_report_no_plan(HfPlanResultName(result), line);
		return -EINVAL;
	}
	hf_report_start(&plan);
	return 0;
}

static long locate(struct hf_ioc_place __user *argument)
{
	struct hf_ioc_place place;
	int error;

	if (copy_from_user(&place, argument, sizeof(place)))
		return -EFAULT;
	error = hf_locate(&plan, &place);
	note(error);
	address = place.address;
	return copy_to_user(argument, &place, sizeof(place)) ? -EFAULT : error;
}

static long map_and_check(const struct hf_ioc_mapping __user *argument)
{
	struct hf_mapping mapping = {.address = address, .bytes = plan.Pages * PAGE_SIZE};
	struct hf_ioc_mapping asked;
	int error;

	if (copy_from_user(&asked, argument, sizeof(asked)))
		return -EFAULT;
	if (!address)
		return -ENOENT;
	if (asked.api >= HfMapApis || asked.cache > HfCacheWriteThrough)
		return -EINVAL;
	mapping.api = asked.api;
	mapping.cache = asked.cache;
	hf_report_mapping(&mapping);
	error = hf_map(&mapping);
	hf_report_mapped(&mapping, error);
	note(error);
	if (error)
		return 0;
	note(hf_check(&plan, &mapping));
	hf_unmap(&mapping);
	hf_report_unmapped(&mapping);
	return 0;
}

static long carry_out(unsigned int order, void __user *argument)
{
	if (order == HF_IOC_PLAN)
		return take_plan(argument);
	if (order == HF_IOC_END) {
		hf_report_end(has_plan ? &plan : NULL, outcome);
		return 0;
	}
	if (!has_plan)
		return -EINVAL;
	if (order == HF_IOC_LOCATE)
		return locate(argument);
	return order == HF_IOC_MAP ? map_and_check(argument) : -ENOTTY;
}

static long device_ioctl(struct file *file, unsigned int order, unsigned long argument)
{
	long result;

	/* Whoever holds it may have died in an Oops. */
	if (!mutex_trylock(&lock))
		return -EBUSY;
	result = carry_out(order, (void __user *)argument);
	mutex_unlock(&lock);
	return result;
}

static ssize_t device_read(struct file *file, char __user *buffer, size_t size, loff_t *position)
{
	return hf_report_read(buffer, size);
}

static const struct file_operations operations = {
	.owner = THIS_MODULE,
	.unlocked_ioctl = device_ioctl,
	.read = device_read,
	.llseek = noop_llseek,
};

static struct miscdevice device = {
	.minor = MISC_DYNAMIC_MINOR,
	.name = HF_DEVICE,
	.fops = &operations,
	.mode = 0600,
};

static int __init holdfast_init(void)
{
	int error = hf_report_init();

	if (error)
		return error;
	HfUartInitialize(HF_UART_COM2);
	error = misc_register(&device);
	if (error)
		hf_report_exit();
	return error;
}

static void __exit holdfast_exit(void)
{
	misc_deregister(&device);
	hf_report_exit();
}

module_init(holdfast_init);
module_exit(holdfast_exit);

MODULE_DESCRIPTION("Looks for a block of physical memory that firmware reserved, maps it and checks it");
MODULE_LICENSE("Dual BSD/GPL");
