#include "bundler/thumb.h"

#include <catch2/catch.hpp>

using namespace bundler;

// Encodings as arm-none-eabi-as writes them.
TEST_CASE("a MOVT's immediate is read", "[thumb]")
{
    CHECK(movtImmediate(0xF6C0'0002) == 0x0802); // movt r0, #0x0802
    CHECK(movtImmediate(0xF6C0'0108) == 0x0808); // movt r1, #0x0808
    CHECK(movtImmediate(0xF2CF'7CAB) == 0xF7AB); // movt ip, #0xf7ab
    CHECK_FALSE(movtImmediate(0xF240'4000));     // movw r0, #0x0400
    CHECK_FALSE(movtImmediate(0xF2C0'8000));     // not an instruction of this kind
}

TEST_CASE("two MOVTs that differ in their immediate only are alike", "[thumb]")
{
    CHECK(withoutMovtImmediate(0xF6C0'0002) == withoutMovtImmediate(0xF6C0'0008));
    CHECK(withoutMovtImmediate(0xF6C0'0002) != withoutMovtImmediate(0xF6C0'0102)); // r0, r1
}

TEST_CASE("a modified immediate is expanded", "[thumb]")
{
    CHECK(movImmediate(0xF04F'6301) == 0x0810'0000); // mov.w r3, #0x08100000
    CHECK(movImmediate(0xF04F'6300) == 0x0800'0000); // mov.w r3, #0x08000000
    CHECK(movImmediate(0xF04F'03AB) == 0xAB);
    CHECK(movImmediate(0xF04F'13AB) == 0x00AB'00AB);
    CHECK(movImmediate(0xF04F'23AB) == 0xAB00'AB00);
    CHECK(movImmediate(0xF04F'33AB) == 0xABAB'ABAB);
    CHECK_FALSE(movImmediate(0xF06F'6301)); // mvn
    CHECK_FALSE(movImmediate(0xF6C0'0002)); // movt
}

TEST_CASE("the first halfword tells an instruction's length", "[thumb]")
{
    CHECK_FALSE(isLongInstruction(0x4770)); // bx lr
    CHECK_FALSE(isLongInstruction(0xE7FE)); // b .
    CHECK(isLongInstruction(0xF04F));
    CHECK(isLongInstruction(0xE92D)); // push.w
    CHECK(isLongInstruction(0xFFFF));
}
