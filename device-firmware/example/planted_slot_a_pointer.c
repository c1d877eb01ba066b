/* Tests only: what firmware looks like that names slot A by number. It runs in slot A, and in slot
 * B it would jump into the other release. The linker keeps the one that the build asks for. */
#include <stdint.h>

const uint32_t planted_vector_table = 0x08020400u;

void planted_set_vector_table(void);
void planted_set_vector_table(void)
{
    __asm volatile("movw r0, #0x0400\n\t"
                   "movt r0, #0x0802\n\t"
                   "ldr r1, =0xE000ED08\n\t"
                   "str r0, [r1]"
                   :
                   :
                   : "r0", "r1", "memory");
}
