# The part of BearSSL that verifies ECDSA P-256 and hashes SHA-256.
if(NOT EXISTS "${H755_BEARSSL_DIR}/inc/bearssl.h")
    message(FATAL_ERROR
        "BearSSL not found in ${H755_BEARSSL_DIR}: run scripts/install-dependencies.sh")
endif()

set(bearssl_sources
    codec/ccopy.c codec/dec32be.c codec/enc32be.c
    ec/ec_p256_m31.c ec/ec_secp256r1.c ec/ec_secp384r1.c ec/ec_secp521r1.c
    ec/ecdsa_atr.c ec/ecdsa_rta.c ec/ecdsa_i31_bits.c ec/ecdsa_i31_vrfy_raw.c
    hash/sha2small.c
    int/i31_add.c int/i31_bitlen.c int/i31_decmod.c int/i31_decode.c int/i31_decred.c
    int/i31_encode.c int/i31_fmont.c int/i31_iszero.c int/i31_modpow.c int/i31_modpow2.c
    int/i31_montmul.c int/i31_mulacc.c int/i31_muladd.c int/i31_ninv31.c int/i31_reduce.c
    int/i31_rshift.c int/i31_sub.c int/i31_tmont.c
    int/i32_div32.c
)
list(TRANSFORM bearssl_sources PREPEND "${H755_BEARSSL_DIR}/src/")

add_library(bearssl STATIC ${bearssl_sources})
target_include_directories(bearssl SYSTEM PUBLIC "${H755_BEARSSL_DIR}/inc")
target_include_directories(bearssl PRIVATE "${H755_BEARSSL_DIR}/src")
target_compile_options(bearssl PRIVATE -w)
