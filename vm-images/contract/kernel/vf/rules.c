/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * WDD: debugger/bug-check-0xc4--driver-verifier-detected-violation, which lists numbers and parameters.
 *
 * Which option brings a rule: devtest/pool-tracking for the leak, devtest/security-checks for the arguments of Zw
 * routines, devtest/miscellaneous-checks for user handles. The others are devtest/automatic-checks: made whenever a driver
 * is verified, whatever the options. 0xB5 and 0xB6 stand on that page alone; their parameters are taken to be those of
 * 0xB4 and 0xB8.
 */
#include "rules.h"

static const VF_RULE Rules[] = {
    {0x00, 0, "pool-zero-bytes", {"IRQL", "pool type", "bytes"}},
    {0x01, 0, "paged-pool-allocated-above-apc", {"IRQL", "pool type", "bytes"}},
    {0x02, 0, "nonpaged-pool-allocated-above-dispatch", {"IRQL", "pool type", "bytes"}},
    {0x10, 0, "pool-freed-bad-address", {"address", "0", "0"}},
    {0x11, 0, "paged-pool-freed-above-apc", {"IRQL", "pool type", "address"}},
    {0x12, 0, "nonpaged-pool-freed-above-dispatch", {"IRQL", "pool type", "address"}},
    {0x30, 0, "raise-irql-bad", {"IRQL", "requested IRQL", "0"}},
    {0x31, 0, "lower-irql-bad", {"IRQL", "requested IRQL", "0"}},
    {0x62, VF_POOL_TRACKING, "pool-leaked-at-unload", {"driver name", "reserved", "allocations"}},
    {0x6F, 0, "probe-and-lock-outside-pfn-database", {"MDL", "page", "highest page"}},
    {0x70, 0, "probe-and-lock-above-dispatch", {"IRQL", "MDL", "access mode"}},
    {0x71, 0, "probe-and-lock-process-pages-above-dispatch", {"IRQL", "MDL", "process"}},
    {0x73, 0, "map-io-space-above-dispatch", {"IRQL", "physical address", "bytes"}},
    {0x74, 0, "map-locked-pages-kernel-above-dispatch", {"IRQL", "MDL", "access mode"}},
    {0x75, 0, "map-locked-pages-user-above-apc", {"IRQL", "MDL", "access mode"}},
    {0x76, 0, "map-locked-pages-specify-cache-kernel-above-dispatch", {"IRQL", "MDL", "access mode"}},
    {0x77, 0, "map-locked-pages-specify-cache-user-above-apc", {"IRQL", "MDL", "access mode"}},
    {0x78, 0, "unlock-pages-above-dispatch", {"IRQL", "MDL", "0"}},
    {0x79, 0, "unmap-locked-pages-kernel-above-dispatch", {"IRQL", "address", "MDL"}},
    {0x7A, 0, "unmap-locked-pages-user-above-apc", {"IRQL", "address", "MDL"}},
    {0x7B, 0, "unmap-io-space-above-apc", {"IRQL", "address", "bytes"}},
    {0x7C, 0, "unlock-of-never-locked", {"MDL", "MDL flags", "0"}},
    {0x7D, 0, "unlock-of-nonpaged-pool", {"MDL", "MDL flags", "0"}},
    {0x7E, 0, "pages-for-mdl-above-dispatch", {"IRQL", "DISPATCH_LEVEL", "0"}},
    {0x7F, 0, "build-mdl-on-paged-pool", {"IRQL", "MDL", "MDL flags"}},
    {0x81, 0, "map-locked-pages-used", {"MDL", "MDL flags", "0"}},
    {0x82, 0, "bug-check-on-failure", {"MDL", "MDL flags", "0"}},
    {0x83, 0, "map-io-space-unlocked", {"physical address", "bytes", "first unlocked page"}},
    {0x85, 0, "map-locked-pages-unlocked", {"MDL", "pages", "first unlocked page"}},
    {0x89, 0, "mdl-holds-non-memory", {"MDL", "pointer to the page", "page"}},
    {0xB0, 0, "probe-and-lock-wrong-flags", {"MDL", "MDL flags", "wrong flags"}},
    {0xB1, 0, "probe-and-lock-process-pages-wrong-flags", {"MDL", "MDL flags", "wrong flags"}},
    {0xB2, 0, "map-wrong-flags", {"MDL", "MDL flags", "wrong flags"}},
    {0xB3, 0, "map-missing-flags", {"MDL", "MDL flags", "missing flags"}},
    {0xB4, 0, "unlock-of-partial", {"MDL", "MDL flags", "partial flag"}},
    {0xB5, 0, "unmap-of-partial", {"MDL", "MDL flags", "partial flag"}},
    {0xB6, 0, "unmap-of-unmapped", {"MDL", "MDL flags", "reserved"}},
    {0xB8, 0, "free-mdl-while-mapped", {"MDL", "MDL flags", "reserved"}},
    {0xB9, 0, "bad-user-address", {"address", "MDL", "0"}},
    {0xE3, VF_SECURITY, "zw-user-address", {"caller", "address", "reserved"}},
    {0xE4, VF_SECURITY, "zw-malformed-string", {"caller", "string", "reserved"}},
    {0xE5, 0, "wrong-irql", {"IRQL", "reserved", "reserved"}},
    {0xE6, 0, "zw-not-at-passive", {"caller", "IRQL", "special kernel APCs"}},
    {0xF6, VF_MISCELLANEOUS, "user-handle-as-kernel", {"handle", "process", "caller"}},
};

const VF_RULE *VfFindRule(ULONG_PTR Number)
{
    ULONG Index = 0;

    while (Rules[Index].Number != Number) {
        Index++;
    }
    return &Rules[Index];
}
