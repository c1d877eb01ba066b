#include "cli/entry.h"

int main(int argc, char** argv)
{
    return cli::runOnBus({argv + 1, argv + argc});
}
