<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>espalier::ui::DataPage</name>
    <message numerus="yes">
        <source>Images of %1 in %n class(es): %2</source>
        <translation>
            <numerusform>Images of %1 in %n class: %2</numerusform>
            <numerusform>Images of %1 in %n classes: %2</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>espalier::ui::ModelPage</name>
    <message numerus="yes">
        <source>%n layer(s)</source>
        <translation>
            <numerusform>%n layer</numerusform>
            <numerusform>%n layers</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n filter(s)</source>
        <translation>
            <numerusform>%n filter</numerusform>
            <numerusform>%n filters</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n attention head(s)</source>
        <translation>
            <numerusform>%n attention head</numerusform>
            <numerusform>%n attention heads</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n neuron(s)</source>
        <translation>
            <numerusform>%n neuron</numerusform>
            <numerusform>%n neurons</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n output(s)</source>
        <translation>
            <numerusform>%n output</numerusform>
            <numerusform>%n outputs</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n part(s) must stay, such as %1: %2</source>
        <translation>
            <numerusform>%n part must stay, such as %1: %2</numerusform>
            <numerusform>%n parts must stay, such as %1: %2</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>espalier::ui::ProjectFlow</name>
    <message numerus="yes">
        <source>%n files were dropped. Drop one: a model, a session or an experiment.</source>
        <translation>
            <numerusform>%n file was dropped. Drop one: a model, a session or an experiment.</numerusform>
            <numerusform>%n files were dropped. Drop one: a model, a session or an experiment.</numerusform>
        </translation>
    </message>
</context>
</TS>
