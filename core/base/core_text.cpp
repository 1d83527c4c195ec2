#include "base/core_text.h"

#include <utility>

namespace espalier {

namespace {

CoreText::Translator& translator()
{
    static CoreText::Translator function;
    return function;
}

} // namespace

void CoreText::setTranslator(Translator given)
{
    translator() = std::move(given);
}

std::string CoreText::translated(const char* english)
{
    return translator() ? translator()(english) : std::string(english);
}

std::string CoreText::filled(std::string_view sentence, const std::vector<std::string>& blanks)
{
    std::string text;
    for (std::size_t i = 0; i < sentence.size(); ++i) {
        const bool isBlank =
            sentence[i] == '{' && i + 2 < sentence.size() && sentence[i + 2] == '}';
        const auto number =
            isBlank ? static_cast<std::size_t>(sentence[i + 1] - '1') : blanks.size();
        if (number >= blanks.size()) {
            text += sentence[i];
            continue;
        }
        text += blanks[number];
        i += 2;
    }
    return text;
}

} // namespace espalier
