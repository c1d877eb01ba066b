/* The DFU run-time side of a running application (DFU 1.1 4.1, A.2.1), and the short GET_STATUS. */
#include "boot-client/boot_client.h"

/* bmRequestType (USB 2.0 9.3) */
enum {
    class_out = 0x21,
    class_in = 0xA1,
    vendor_in = 0xC1,
    direction_mask = 0x80,
    type_mask = 0x60,
    type_standard = 0x00,
    recipient_mask = 0x1F,
    recipient_interface = 0x01,
};

enum { dfu_detach = 0, dfu_get_status = 3, dfu_get_state = 5, vendor_get_status = 1 };

enum { runtime_status_version = 1, no_set = 0xFF };

/* wDetachTimeOut needs no care: bitWillDetach is set, so the device restarts by itself. */
static const uint8_t app_idle_status[6] = {0, 0, 0, 0, 0, 0};

static size_t put(uint8_t* out, size_t at, uint32_t value, size_t bytes)
{
    for (size_t i = 0; i < bytes; ++i)
        out[at + i] = (uint8_t)(value >> (8 * i));
    return at + bytes;
}

static size_t put_bytes(uint8_t* out, size_t at, const uint8_t* bytes, size_t count)
{
    for (size_t i = 0; i < count; ++i)
        out[at + i] = bytes[i];
    return at + count;
}

static size_t put_version(uint8_t* out, size_t at, struct h755_version version)
{
    at = put(out, at, version.major, 1);
    at = put(out, at, version.minor, 1);
    at = put(out, at, version.revision, 2);
    return put(out, at, version.build, 4);
}

/* contract::RuntimeStatus. Without a hand-off record: no slot, state Empty. */
static size_t put_runtime_status(const struct h755_client* client, uint8_t* out)
{
    struct h755_hand_off hand_off = {no_set, H755_SET_UNKNOWN, 0,
                                     {0},    {0, 0, 0, 0},     {{0, 0, 0, 0}}};
    (void)h755_client_hand_off(client, &hand_off);
    size_t at = put(out, 0, runtime_status_version, 2);
    at = put(out, at, hand_off.slot, 1);
    at = put(out, at, hand_off.state, 1);
    at = put(out, at, client->product_id, 4);
    at = put_bytes(out, at, hand_off.set_id, sizeof hand_off.set_id);
    at = put_version(out, at, hand_off.release_version);
    at = put_version(out, at, hand_off.core_versions[H755_CORE_M7]);
    return put_version(out, at, hand_off.core_versions[H755_CORE_M4]);
}

/* Sets *out_bytes to what there is; 0 if the request is not known. */
static void answer_in(const struct h755_client* client, uint8_t type, uint8_t request, uint8_t* out,
                      size_t* out_bytes)
{
    *out_bytes = 0;
    if (type == class_in && request == dfu_get_status)
        *out_bytes = put_bytes(out, 0, app_idle_status, sizeof app_idle_status);
    if (type == class_in && request == dfu_get_state) *out_bytes = put(out, 0, 0, 1); /* appIDLE */
    if (type == vendor_in && request == vendor_get_status)
        *out_bytes = put_runtime_status(client, out);
}

enum h755_reply h755_client_control(struct h755_client* client, const uint8_t setup[8],
                                    uint8_t out[H755_CONTROL_BYTES], size_t* out_bytes)
{
    const uint8_t type = setup[0];
    const uint8_t request = setup[1];
    const uint16_t index = (uint16_t)(setup[4] | setup[5] << 8);
    const uint16_t length = (uint16_t)(setup[6] | setup[7] << 8);
    *out_bytes = 0;
    client->detach_pending = false; /* a new SETUP ends a transfer whose status stage never came */
    if ((type & recipient_mask) != recipient_interface || index != client->usb_interface ||
        (type & type_mask) == type_standard)
        return H755_NOT_OURS;
    if (type == class_out && request == dfu_detach && length == 0) {
        client->detach_pending = true;
        return H755_ACKNOWLEDGE;
    }
    if ((type & direction_mask) == 0) return H755_STALL;
    answer_in(client, type, request, out, out_bytes);
    if (*out_bytes == 0) return H755_STALL;
    if (*out_bytes > length) *out_bytes = length;
    return H755_SEND;
}

void h755_client_control_completed(struct h755_client* client)
{
    if (client->detach_pending) h755_client_enter_update_mode(client);
}
