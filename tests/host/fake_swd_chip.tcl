# A script for the real OpenOCD: a dummy adapter and an H755 whose memory lies in files of $STATE.
# What reaches the chip is replaced; parsing, images, flash write and exit codes are OpenOCD's own.
adapter driver dummy
adapter speed 1000
jtag newtap h755 cpu -irlen 4
target create h755.cpu testee -chain-position h755.cpu
flash bank h755.bank1 faux 0x08000000 0x100000 4 4 h755.cpu
flash bank h755.bank2 faux 0x08100000 0x100000 4 4 h755.cpu
source $STATE/words.tcl ;# by address
source $STATE/options.tcl ;# by offset of the register

proc save_options {} {
    set file [open $::STATE/options.tcl w]
    foreach offset [lsort -integer [array names ::options]] {
        puts $file [format "set options(%d) 0x%08x" $offset $::options($offset)]
    }
    close $file
}

proc fake_mdw {address {count 1}} {
    set line [format "0x%08x:" $address]
    for {set i 0} {$i < $count} {incr i} { append line " " $::words([expr {$address + 4 * $i}]) }
    echo "$line "
}

proc stm32h7x {verb bank offset args} {
    if {$bank != 0} { error "another bank" }
    if {$verb eq "option_read"} {
        echo [format "Option Register: <0x%x> = 0x%x" [expr {0x52002000 + $offset}] \
                  $::options([expr {$offset + 0}])]
        return
    }
    if {$verb ne "option_write"} { error "$verb is none of the commands that we ever send" }
    lassign $args value mask
    if {[file exists $::STATE/refuse-options]} {
        error "Error: error changing option bytes (OPTCHANGEERR=1)"
    }
    if {[file exists $::STATE/ignore-options]} return
    set current [expr {$offset - 4}]
    set ::options($current) [expr {($::options($current) & ~$mask) | ($value & $mask)}]
    save_options
}

proc fake_write_image {erase name address type} {
    "real flash write_image" $erase $name $address $type
    if {$address < 0x08020000 && !($::options([expr 0x38 + 0]) & 1)} {
        error "Error: wait_flash_op_queue, WRPERR detected"
    }
    if {[file exists $::STATE/ignore-flash]} return
    exec python3 $::HERE/fake_swd_flash.py write $::STATE/flash.bin $name $address
}

proc fake_verify_image {name address type} {
    exec python3 $::HERE/fake_swd_flash.py verify $::STATE/flash.bin $name $address
}

# These commands exist from here on; a command of a group has the names of both.
rename init real_init
proc init {} {
    real_init
    foreach {name fake} {mdw fake_mdw verify_image fake_verify_image
                         "flash write_image" fake_write_image} {
        rename $name "real $name"
        rename $fake $name
    }
}
