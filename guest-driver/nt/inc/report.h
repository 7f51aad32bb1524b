/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * What the driver says on the channel. Polled port I/O: any IRQL.
 *
 *   driver.start        version nonce crc
 *   driver.no-plan      detail line
 *   driver.probe        name step outcome status value    outcome: done, refused, raised, unavailable, yes or no
 *   driver.probe-end    name steps
 *   driver.locating     method from to step
 *   driver.located      at visited
 *   driver.not-located  visited status step
 *   driver.mapping      api cache variant at bytes
 *   driver.mapped       status step va                    va where it is mapped
 *   driver.damaged      page offset expected seen
 *   driver.checked      pages intact crc
 *   driver.check-raised status
 *   driver.unmapped     status step
 *   driver.bugcheck     code p1 p2 p3 p4                  at any moment, and the last
 *   driver.end          nonce frames status
 */
#ifndef HF_REPORT_H
#define HF_REPORT_H

#include "hf_check.h"
#include "hf_plan.h"
#include "locate.h"
#include "mapping.h"

VOID ReportStart(const HF_PLAN *Plan);

/* There is no sound plan; Detail names what is wrong with it. */
VOID ReportNoPlan(const char *Detail, ULONG Line);

VOID ReportLocating(const HF_PLAN *Plan);
VOID ReportLocated(const HF_LOCATED *Located);
VOID ReportNotLocated(const HF_LOCATED *Located, NTSTATUS Status);

/* Said before the strategy runs, so that a stop in the midst of it has a name. */
VOID ReportMapping(const HF_PLAN *Plan, const HF_MAPPING *Mapping);

VOID ReportMapped(const HF_MAPPING *Mapping, NTSTATUS Status);
extern const HF_CHECK_FRAMES gReportCheck;

/* Reading the mapping raised. */
VOID ReportCheckRaised(NTSTATUS Status);

/* A probe's step, and its end with the number of steps. Names and outcomes are words. */
VOID ReportProbe(const char *Name, const char *Step, const char *Outcome, NTSTATUS Status, ULONGLONG Value);
VOID ReportProbeEnd(const char *Name, ULONG Steps);

VOID ReportUnmapped(const HF_MAPPING *Mapping, NTSTATUS Status);

/* A bug check has stopped the system: its code and four parameters. Any IRQL, in the midst of anything. */
VOID ReportBugCheck(const ULONG_PTR Data[5]);

/* The last frame. Plan is null where there was none. */
VOID ReportEnd(const HF_PLAN *Plan, NTSTATUS Status);

#endif
