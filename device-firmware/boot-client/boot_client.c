#include "boot-client/boot_client.h"

#include "contract/hand_off.h"

enum { image_magic_bytes = 4, image_version_offset = 0x14, image_header_bytes = 32 };
enum { vector_table_offset = 0x400 }; /* contract::imageHeaderBytes */

static const uint8_t image_magic[image_magic_bytes] = {0x3D, 0xB8, 0xF3, 0x96};

static uint32_t read_backup(const struct h755_client* client, unsigned number)
{
    return client->port->read_backup(client->port->context, number);
}

/* Registers as bytes, little-endian, as the bootloader wrote them. */
static void read_backup_bytes(const struct h755_client* client, unsigned first, uint8_t* out,
                              size_t bytes)
{
    for (size_t i = 0; i < bytes; ++i)
        out[i] = (uint8_t)(read_backup(client, first + (unsigned)(i / 4)) >> (8 * (i % 4)));
}

static uint32_t crc32_step(uint32_t crc, uint8_t byte)
{
    crc ^= byte;
    for (int bit = 0; bit < 8; ++bit)
        crc = crc >> 1 ^ (0xEDB88320u & (0u - (crc & 1u)));
    return crc;
}

/* True if the register `last + 1` holds the CRC-32 (zlib) of registers first..last. */
static bool is_record_valid(const struct h755_client* client, unsigned first, unsigned last)
{
    uint32_t crc = 0xFFFFFFFFu;
    for (unsigned number = first; number <= last; ++number) {
        const uint32_t value = read_backup(client, number);
        for (unsigned shift = 0; shift < 32; shift += 8)
            crc = crc32_step(crc, (uint8_t)(value >> shift));
    }
    return ~crc == read_backup(client, last + 1);
}

static bool equal(const uint8_t* left, const uint8_t* right, size_t bytes)
{
    for (size_t i = 0; i < bytes; ++i) {
        if (left[i] != right[i]) return false;
    }
    return true;
}

/* MCUboot's version field: major, minor, u16 revision, u32 build. */
static struct h755_version version_at(const uint8_t* bytes)
{
    const struct h755_version version = {bytes[0], bytes[1], (uint16_t)(bytes[2] | bytes[3] << 8),
                                         (uint32_t)bytes[4] | (uint32_t)bytes[5] << 8 |
                                             (uint32_t)bytes[6] << 16 | (uint32_t)bytes[7] << 24};
    return version;
}

static struct h755_version image_version(const struct h755_port* port, uint32_t address)
{
    static const struct h755_version unknown = {0, 0, 0, 0};
    uint8_t header[image_header_bytes];
    if (!port->read_flash(port->context, address, header, sizeof header)) return unknown;
    if (!equal(header, image_magic, sizeof image_magic)) return unknown;
    return version_at(header + image_version_offset);
}

static bool is_hand_off_valid(const struct h755_client* client)
{
    return read_backup(client, H755_BACKUP_HAND_OFF_MAGIC) == H755_HAND_OFF_MAGIC &&
           (read_backup(client, H755_BACKUP_HAND_OFF_STATE) & 0xFFu) <= H755_SLOT_B &&
           is_record_valid(client, H755_BACKUP_HAND_OFF_MAGIC, H755_BACKUP_HAND_OFF_CRC - 1);
}

static enum h755_set_state set_state(const struct h755_client* client)
{
    if (!is_hand_off_valid(client)) return H755_SET_UNKNOWN;
    if (client->is_confirmed) return H755_SET_CONFIRMED;
    return (enum h755_set_state)(read_backup(client, H755_BACKUP_HAND_OFF_STATE) >> 8 & 0xFFu);
}

void h755_client_init(struct h755_client* client, const struct h755_port* port, uint32_t product_id,
                      uint32_t confirm_deadline_ms)
{
    client->port = port;
    client->product_id = product_id;
    client->confirm_deadline_ms = confirm_deadline_ms;
    client->start_ms = port->now_ms(port->context);
    client->is_confirmed = false;
    client->is_overdue = false;
    client->detach_pending = false;
    client->usb_interface = 0;
}

bool h755_client_hand_off(const struct h755_client* client, struct h755_hand_off* out)
{
    if (!is_hand_off_valid(client)) return false;
    const struct h755_port* port = client->port;
    const uint32_t state = read_backup(client, H755_BACKUP_HAND_OFF_STATE);
    uint8_t release[8];
    read_backup_bytes(client, H755_BACKUP_HAND_OFF_RELEASE, release, sizeof release);
    read_backup_bytes(client, H755_BACKUP_HAND_OFF_SET_ID, out->set_id, sizeof out->set_id);
    out->slot = (uint8_t)state;
    out->state = (uint8_t)set_state(client);
    out->flags = (uint16_t)(state >> 16);
    out->release_version = version_at(release);
    for (int core = H755_CORE_M7; core <= H755_CORE_M4; ++core) {
        const uint32_t address = port->flash_base + port->slot_offsets[core][out->slot];
        out->core_versions[core] = image_version(port, address);
    }
    return true;
}

static bool is_blank(const uint8_t word[H755_FLASH_WORD_BYTES])
{
    for (size_t i = 0; i < H755_FLASH_WORD_BYTES; ++i) {
        if (word[i] != 0xFF) return false;
    }
    return true;
}

/* True if `address` holds the ticket's word afterwards. Only a word that reads blank is programmed,
 * and only what reads back counts (boot-design.md R2). */
static bool place_ticket(const struct h755_port* port, uint32_t address,
                         const uint8_t ticket[H755_FLASH_WORD_BYTES])
{
    uint8_t found[H755_FLASH_WORD_BYTES];
    if (!port->read_flash(port->context, address, found, sizeof found)) return false;
    if (equal(found, ticket, sizeof found)) return true;
    if (!is_blank(found)) return false;
    return port->program_flash_word(port->context, address, ticket) &&
           port->read_flash(port->context, address, found, sizeof found) &&
           equal(found, ticket, sizeof found);
}

static bool redeem_ticket(const struct h755_client* client)
{
    if (!is_record_valid(client, H755_BACKUP_TICKET_WORD, H755_BACKUP_TICKET_CRC - 1)) return false;
    uint8_t ticket[H755_FLASH_WORD_BYTES];
    read_backup_bytes(client, H755_BACKUP_TICKET_WORD, ticket, sizeof ticket);
    const uint32_t address = read_backup(client, H755_BACKUP_TICKET_ADDRESS);
    for (uint32_t i = 0; i < H755_TICKET_TRIES; ++i) {
        if (place_ticket(client->port, address + i * H755_FLASH_WORD_BYTES, ticket)) return true;
    }
    return false;
}

bool h755_client_confirm(struct h755_client* client)
{
    const enum h755_set_state state = set_state(client);
    if (state == H755_SET_CONFIRMED) return true;
    client->is_confirmed = state == H755_SET_TRIAL && redeem_ticket(client);
    return client->is_confirmed;
}

void h755_client_healthy(struct h755_client* client)
{
    client->port->write_backup(client->port->context, H755_BACKUP_STARTS, 0);
}

bool h755_client_is_m4_healthy(const struct h755_client* client)
{
    if (!is_hand_off_valid(client)) return false;
    const struct h755_port* port = client->port;
    const uint32_t slot = read_backup(client, H755_BACKUP_HAND_OFF_STATE) & 0xFFu;
    const uint32_t vectors =
        port->flash_base + port->slot_offsets[H755_CORE_M4][slot] + vector_table_offset;
    return read_backup(client, H755_BACKUP_M4_HEALTH) == (H755_M4_HEALTH_MAGIC ^ vectors);
}

void h755_client_poll(struct h755_client* client)
{
    const struct h755_port* port = client->port;
    if (set_state(client) == H755_SET_TRIAL &&
        port->now_ms(port->context) - client->start_ms >= client->confirm_deadline_ms) {
        client->is_overdue = true; /* for good: the clock may wrap, the trial does not come back */
    }
    if (!client->is_overdue || client->is_confirmed) port->feed_watchdog(port->context);
}

void h755_client_enter_update_mode(struct h755_client* client)
{
    const struct h755_port* port = client->port;
    port->write_backup(port->context, H755_BACKUP_REQUEST, H755_BOOT_REQUEST_UPDATE);
    port->reset(port->context);
}
