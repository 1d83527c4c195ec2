#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace espalier {

/// What core says to people. The sentences in the sources are English; a program may translate
/// them. Names in files and on the command line are not sentences and stay as they are.
class CoreText {
public:
    using Translator = std::function<std::string(const char* english)>;

    /// How to translate from now on; may be called by several threads at once. Set it before any
    /// of them is started; without it, or with an empty one, sentences stay English.
    static void setTranslator(Translator translator);

    /// `english` in the language of the program, with the blanks {1}, {2}... filled: by numbers and
    /// strings, not by literals, which Qt's lupdate takes for comments when it finds the sentences.
    template <class... Blanks> static std::string tr(const char* english, const Blanks&... blanks)
    {
        static_assert((!std::is_array_v<Blanks> && ...), "a blank is a literal");
        return filled(translated(english), {text(blanks)...});
    }

private:
    template <class Blank> static std::string text(const Blank& blank)
    {
        if constexpr (std::is_arithmetic_v<Blank>)
            return std::to_string(blank);
        else
            return std::string(blank);
    }
    static std::string translated(const char* english);
    static std::string filled(std::string_view sentence, const std::vector<std::string>& blanks);
};

} // namespace espalier
