/* For the customer's firmware (C99): who am I, confirm a trial, enter update mode, and the DFU
 * run-time interface that lets an updater find the running device.
 *
 * A new release starts on trial under a watchdog. Unless the firmware calls h755_client_confirm,
 * the bootloader goes back to the release before it (docs/boot-design.md, "Power-on"). So: call
 * poll from the main loop, check what matters to you, then call confirm and healthy. Not
 * thread-safe: call everything from one core and one context; h755_client_control may come from the
 * USB interrupt. */
#ifndef H755_BOOT_CLIENT_H
#define H755_BOOT_CLIENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define H755_FLASH_WORD_BYTES 32u

enum h755_core { H755_CORE_M7 = 0, H755_CORE_M4 = 1 };
enum h755_slot { H755_SLOT_A = 0, H755_SLOT_B = 1 };

/* The values of contract::SlotState that a running set can have. */
enum h755_set_state { H755_SET_UNKNOWN = 0, H755_SET_TRIAL = 4, H755_SET_CONFIRMED = 5 };

/* The product's flash map (contract/flash_map.h), [core][slot]. As offsets, because firmware must
 * not hold an address in slot A as a number: h755-bundle refuses that: it is wrong in B. */
#define H755_FLASH_BASE 0x08000000u
#define H755_SLOT_OFFSETS                                                                          \
    {                                                                                              \
        {0x00020000u, 0x00080000u},                                                                \
        {                                                                                          \
            0x00100000u, 0x00180000u                                                               \
        }                                                                                          \
    }

/* What the client needs of the board. On the chip: h755_stm32_port (boot_client_stm32h755.h). */
struct h755_port {
    void* context;
    uint32_t (*read_backup)(void* context, unsigned number);
    void (*write_backup)(void* context, unsigned number, uint32_t value);
    /* False on an uncorrectable ECC error, which must not fault. */
    bool (*read_flash)(void* context, uint32_t address, void* out, size_t bytes);
    /* Programs one flash word and waits for the end; false if the controller reports an error. */
    bool (*program_flash_word)(void* context, uint32_t address,
                               const uint8_t word[H755_FLASH_WORD_BYTES]);
    void (*feed_watchdog)(void* context);
    uint32_t (*now_ms)(void* context); /* may wrap */
    void (*reset)(void* context);      /* does not return on a real board */
    uint32_t flash_base;               /* H755_FLASH_BASE */
    uint32_t slot_offsets[2][2];       /* H755_SLOT_OFFSETS */
};

struct h755_version {
    uint8_t major;
    uint8_t minor;
    uint16_t revision;
    uint32_t build;
};

/* What the bootloader says about the running set, and the versions in its image headers. */
struct h755_hand_off {
    uint8_t slot;   /* enum h755_slot */
    uint8_t state;  /* enum h755_set_state */
    uint16_t flags; /* contract::set_flags */
    uint8_t set_id[16];
    struct h755_version release_version;
    struct h755_version core_versions[2]; /* [core]; 0.0.0 if the image header cannot be read */
};

/* Fields are the client's own, except `usb_interface`. */
struct h755_client {
    const struct h755_port* port;
    uint32_t product_id;
    uint32_t confirm_deadline_ms;
    uint32_t start_ms;
    bool is_confirmed;
    bool is_overdue;
    bool detach_pending;
    uint8_t usb_interface; /* number of the DFU interface; 0 after init */
};

/* `port` must outlive the client. A trial that is not confirmed within `confirm_deadline_ms` from
 * this call is given up: poll stops feeding the watchdog. */
void h755_client_init(struct h755_client* client, const struct h755_port* port, uint32_t product_id,
                      uint32_t confirm_deadline_ms);

/* False if there is no valid hand-off record: not started by the bootloader, or registers lost. */
bool h755_client_hand_off(const struct h755_client* client, struct h755_hand_off* out);

/* Makes the running set the confirmed one, by programming the ticket that the bootloader prepared.
 * True if it is confirmed now, also if it already was. */
bool h755_client_confirm(struct h755_client* client);

/* Tells the bootloader that this start went well: it clears the counters that lead to update mode
 * after five bad starts or a reset pressed twice. Call it once per start, after your own checks. */
void h755_client_healthy(struct h755_client* client);

/* True once the running set's M4 has called h755_m4_report_healthy (boot_client_m4.h) in this
 * start. A release with firmware for both cores confirms itself only then. */
bool h755_client_is_m4_healthy(const struct h755_client* client);

/* Feeds the watchdog, except on a trial that is overdue. Call it more often than once a second. */
void h755_client_poll(struct h755_client* client);

/* Restarts into update mode. */
void h755_client_enter_update_mode(struct h755_client* client);

/* The descriptors of the DFU run-time interface (DFU 1.1 4.1.2, 4.1.3), for the firmware's own
 * configuration descriptor: 18 bytes as an initializer list. */
#define H755_RUNTIME_DESCRIPTOR_BYTES 18u
#define H755_RUNTIME_DESCRIPTOR(interface_number, name_string_index)                               \
    9, 0x04, (interface_number), 0, 0, 0xFE, 0x01, 0x01, (name_string_index), 9, 0x21, 0x0D, 0xE8, \
        0x03, 0x00, 0x10, 0x10, 0x01

/* How to answer a control request. */
enum h755_reply {
    H755_NOT_OURS, /* the firmware's own business */
    H755_STALL,
    H755_SEND,       /* `out` holds the data stage */
    H755_ACKNOWLEDGE /* no data stage */
};

/* Room that h755_client_control needs in `out`. */
#define H755_CONTROL_BYTES 48u

/* Offers a SETUP packet: class and vendor requests to `usb_interface` are answered, the rest is
 * NOT_OURS. */
enum h755_reply h755_client_control(struct h755_client* client, const uint8_t setup[8],
                                    uint8_t out[H755_CONTROL_BYTES], size_t* out_bytes);

/* Call after the status stage of every request that was ours: performs the restart of DETACH. */
void h755_client_control_completed(struct h755_client* client);

#ifdef __cplusplus
}
#endif

#endif
