"""Runs one test case by its name, or lists all of them: run_case.py NAME | --list."""

import sys

import test_dfu_util
import test_dfu_util_accidents
import test_every_block
import test_exit_codes
import test_fwupd
import test_hostile
import test_hotplug
import test_json_output
import test_list_and_info
import test_manuals
import test_plan
import test_provision
import test_ready_plans
import test_refusals
import test_replay
import test_report
import test_rescue
import test_rom_dfu_util
import test_single_link
import test_storage
import test_tcp
import test_unplug
import test_update

MODULES = [test_dfu_util, test_dfu_util_accidents, test_every_block, test_exit_codes, test_fwupd,
           test_hostile, test_hotplug, test_json_output, test_list_and_info, test_manuals,
           test_plan, test_provision, test_ready_plans, test_refusals, test_replay, test_report,
           test_rescue, test_rom_dfu_util, test_single_link, test_storage, test_tcp, test_unplug,
           test_update]


def cases():
    return {name: function for module in MODULES for name, function in vars(module).items()
            if name.startswith("case_")}


def main():
    if sys.argv[1:] == ["--list"]:
        for name, function in cases().items():
            print(f"{name}={function.__doc__}")
        return
    cases()[sys.argv[1]]()


main()
