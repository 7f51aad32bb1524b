/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Kernel modules (init_module(2), delete_module(2)). */
#ifndef MODULE_H
#define MODULE_H

/* Loads a module file; the kernel checks its signature and its version. 0, or a positive errno. */
int module_load(const char *path);

/*
 * Loads the modules of a list in the initramfs, a name a line, each after those that it needs. One that is loaded will
 * do. 0, or a positive errno.
 */
int module_load_list(const char *list);

/* Removes a module that nobody uses. 0, or a positive errno. */
int module_unload(const char *name);

#endif
