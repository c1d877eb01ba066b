// The results as other programs read them.
#pragma once

#include "plan/results.h"

namespace plan {

/// JUnit XML: a suite for each unit, a case for each step. tests/qa/junit.xsd is its schema.
std::string junitXml(const Results& results);

/// One row for each step; RFC 4180, UTF-8. What begins like a formula is quoted with an
/// apostrophe, because spreadsheets run those.
std::string csvHeader();
std::string csvRow(const RunFacts& run, const StepResult& step);

} // namespace plan
