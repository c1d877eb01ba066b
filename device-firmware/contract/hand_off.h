/* What bootloader and application leave for each other in the RTC backup registers
 * (docs/boot-design.md, "Hand-off"). Plain C, because boot-client is C99. All 32 registers survive
 * every reset but a power loss without VBAT; a CRC-32 (zlib) over the registers before it makes
 * each record valid or void. */
#ifndef H755_CONTRACT_HAND_OFF_H
#define H755_CONTRACT_HAND_OFF_H

enum h755_backup_register {
    /* Application -> bootloader: one of the h755_boot_request values; the bootloader clears it. */
    H755_BACKUP_REQUEST = 0,

    /* Bootloader -> application: the hand-off record, written before every jump. */
    H755_BACKUP_HAND_OFF_MAGIC = 1, /* H755_HAND_OFF_MAGIC */
    H755_BACKUP_HAND_OFF_STATE =
        2, /* slot (bits 7:0), contract::SlotState (15:8), set flags (31:16) */
    H755_BACKUP_HAND_OFF_SET_ID = 3,  /* 4 registers, little-endian */
    H755_BACKUP_HAND_OFF_RELEASE = 7, /* 2 registers: MCUboot version of the release */
    H755_BACKUP_HAND_OFF_CRC = 9,     /* over registers 1 to 8 */

    /* Bootloader -> application, before a trial only: the finished Confirm word and where it goes.
     */
    H755_BACKUP_TICKET_WORD = 10,    /* 8 registers: the 32 bytes to program */
    H755_BACKUP_TICKET_ADDRESS = 18, /* first of up to 4 virgin journal words, ascending */
    H755_BACKUP_TICKET_CRC = 19,     /* over registers 10 to 18 */

    /* Bootloader's own memory over resets. */
    H755_BACKUP_STARTS = 20,      /* starts in a row without health (7:0), reset taps (15:8) */
    H755_BACKUP_FAULT_COUNT = 21, /* 4 registers: contract::FaultRecord */
    H755_BACKUP_M4_VECTORS = 25,  /* vector table that the M4 stub starts */
    H755_BACKUP_LAST_RESET = 26,  /* how the running application was started, for reports */

    /* M4's application -> M7's: H755_M4_HEALTH_MAGIC ^ address of the M4's vector table, so that a
     * report from the other slot does not count; cleared at every start. */
    H755_BACKUP_M4_HEALTH = 27,

    H755_BACKUP_REGISTERS = 32
};

enum h755_boot_request {
    H755_BOOT_REQUEST_NONE = 0,
    H755_BOOT_REQUEST_UPDATE = 0x55504454, /* stay in update mode */
    H755_BOOT_REQUEST_ROM = 0x524F4D4C     /* enter the ROM loader, if the bootloader allows it */
};

#define H755_HAND_OFF_MAGIC 0x484F3535u
#define H755_M4_HEALTH_MAGIC 0x4D344F4Bu
#define H755_TICKET_TRIES 4u

#endif
