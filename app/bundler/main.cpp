#include "bundler/program.h"

#include <iostream>

int main(int argc, char** argv)
{
    return bundler::runProgram({argv + 1, argv + argc}, std::cout, std::cerr);
}
