<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name>About</name>
    <message>
        <source>&lt;h3&gt;Espalier %1&lt;/h3&gt;&lt;p&gt;See a neural network, prune its layers and filters, and take the smaller one away.&lt;/p&gt;&lt;p&gt;The method is that of “Pruning Everything, Everywhere, All at Once” (do Nascimento, Pons, Reali Costa, Jordao; IJCNN 2025).&lt;/p&gt;&lt;p&gt;%2&lt;/p&gt;&lt;p&gt;Free software under the GNU General Public License, version 3 or later.&lt;/p&gt;</source>
        <translation>&lt;h3&gt;Espalier %1&lt;/h3&gt;&lt;p&gt;Ein neuronales Netz ansehen, seine Schichten und Filter beschneiden und das kleinere mitnehmen.&lt;/p&gt;&lt;p&gt;Das Verfahren ist das aus „Pruning Everything, Everywhere, All at Once“ (do Nascimento, Pons, Reali Costa, Jordao; IJCNN 2025).&lt;/p&gt;&lt;p&gt;%2&lt;/p&gt;&lt;p&gt;Freie Software unter der GNU General Public License, Version 3 oder später.&lt;/p&gt;</translation>
    </message>
</context>
<context>
    <name>CoreText</name>
    <message>
        <source>run in Python, it gives the same outputs</source>
        <translation>in Python ausgeführt, ergibt sie dieselben Ausgaben</translation>
    </message>
    <message>
        <source>read back, it gives the same outputs</source>
        <translation>zurückgelesen, ergibt sie dieselben Ausgaben</translation>
    </message>
    <message>
        <source>run in Python, its outputs differ by at most {1}</source>
        <translation>in Python ausgeführt, weichen ihre Ausgaben um höchstens {1} ab</translation>
    </message>
    <message>
        <source>read back, its outputs differ by at most {1}</source>
        <translation>zurückgelesen, weichen ihre Ausgaben um höchstens {1} ab</translation>
    </message>
    <message>
        <source>filters</source>
        <translation>Filter</translation>
    </message>
    <message>
        <source>heads</source>
        <translation>Köpfe</translation>
    </message>
    <message>
        <source>neurons</source>
        <translation>Neuronen</translation>
    </message>
    <message>
        <source>{1} ({2}) against {3} ({4})</source>
        <translation>{1} ({2}) gegen {3} ({4})</translation>
    </message>
    <message>
        <source>{1}, a tie</source>
        <translation>{1}, unentschieden</translation>
    </message>
    <message>
        <source>1 head</source>
        <translation>1 Kopf</translation>
    </message>
    <message>
        <source>{1} heads</source>
        <translation>{1} Köpfe</translation>
    </message>
    <message>
        <source>1 neuron</source>
        <translation>1 Neuron</translation>
    </message>
    <message>
        <source>{1} neurons</source>
        <translation>{1} Neuronen</translation>
    </message>
    <message>
        <source>1 filter</source>
        <translation>1 Filter</translation>
    </message>
    <message>
        <source>{1} filters</source>
        <translation>{1} Filter</translation>
    </message>
    <message>
        <source>1 attention</source>
        <translation>1 Attention</translation>
    </message>
    <message>
        <source>{1} attentions</source>
        <translation>{1} Attentions</translation>
    </message>
    <message>
        <source>1 linear layer</source>
        <translation>1 linearen Schicht</translation>
    </message>
    <message>
        <source>{1} linear layers</source>
        <translation>{1} linearen Schichten</translation>
    </message>
    <message>
        <source>1 convolution</source>
        <translation>1 Faltung</translation>
    </message>
    <message>
        <source>{1} convolutions</source>
        <translation>{1} Faltungen</translation>
    </message>
    <message>
        <source>{1} in {2}</source>
        <translation>{1} in {2}</translation>
    </message>
    <message>
        <source>It turns {1} into {2}, so what follows would not fit without it.</source>
        <translation>Macht aus {1} {2}; was folgt, würde sonst nicht passen.</translation>
    </message>
    <message>
        <source>Its shortcut is not the identity, so it cannot stand alone.</source>
        <translation>Die Abkürzung daneben ist nicht die Identität und kann nicht allein stehen.</translation>
    </message>
    <message>
        <source>Its outputs are the network&apos;s outputs.</source>
        <translation>Die Ausgaben sind die des Netzes.</translation>
    </message>
    <message>
        <source>Its channels are added to those of the network&apos;s input.</source>
        <translation>Die Kanäle werden zu denen der Eingabe des Netzes addiert.</translation>
    </message>
    <message>
        <source>A normalisation over its channels would change with each that goes.</source>
        <translation>Eine Normalisierung über die Kanäle würde sich mit jedem entfernten Kanal ändern.</translation>
    </message>
    <message>
        <source>What follows needs all of its channels in their places.</source>
        <translation>Was folgt, braucht alle Kanäle an ihren Plätzen.</translation>
    </message>
    <message>
        <source>A slice with a step reads its channels.</source>
        <translation>Ein Ausschnitt mit Schrittweite liest die Kanäle.</translation>
    </message>
    <message>
        <source>Its channels go with those of another group.</source>
        <translation>Die Kanäle werden zusammen mit denen einer anderen Gruppe entfernt.</translation>
    </message>
    <message>
        <source>images</source>
        <translation>Bilder</translation>
    </message>
    <message>
        <source>scoring by KL</source>
        <translation>Bewerten mit KL</translation>
    </message>
    <message>
        <source>reading images</source>
        <translation>Bilder lesen</translation>
    </message>
    <message>
        <source>files</source>
        <translation>Dateien</translation>
    </message>
    <message>
        <source>{1} of {2} training images are held out for calibration, not {3}, because the training set is small.</source>
        <translation>{1} von {2} Trainingsbildern sind für die Kalibrierung zurückgehalten, nicht {3}, denn die Trainingsmenge ist klein.</translation>
    </message>
    <message>
        <source>{1} of {2} training images are held out for validation, not {3}, because the training set is small.</source>
        <translation>{1} von {2} Trainingsbildern sind für die Validierung zurückgehalten, nicht {3}, denn die Trainingsmenge ist klein.</translation>
    </message>
    <message>
        <source>The network has {1} outputs, but {2} has {3} classes, taken to be outputs 0 to {4}; a class map (--classes, or the key &apos;classes&apos;) says otherwise.</source>
        <translation>Das Netz hat {1} Ausgänge, {2} aber {3} Klassen, die als Ausgänge 0 bis {4} gelten; eine Klassenzuordnung (--classes oder der Schlüssel &apos;classes&apos;) legt es anders fest.</translation>
    </message>
    <message>
        <source>The class folder {1} is empty.</source>
        <translation>Der Klassenordner {1} ist leer.</translation>
    </message>
    <message>
        <source>checking pictures</source>
        <translation>Bilder prüfen</translation>
    </message>
    <message>
        <source>pictures</source>
        <translation>Bilder</translation>
    </message>
    <message>
        <source>{1} of {2} files in &apos;{3}&apos; are left out:</source>
        <translation>{1} von {2} Dateien in &apos;{3}&apos; werden ausgelassen:</translation>
    </message>
    <message>
        <source>And {1} more.</source>
        <translation>Und {1} weitere.</translation>
    </message>
    <message>
        <source>parts</source>
        <translation>Teile</translation>
    </message>
    <message>
        <source>The model computes some values in another precision; Espalier computes all in 32-bit floating point.</source>
        <translation>Das Modell rechnet manches in anderer Genauigkeit; Espalier rechnet alles in 32-Bit-Gleitkomma.</translation>
    </message>
    <message>
        <source>The model was traced in training mode; its batch norm is imported as ordinary batch norm, which follows train and eval.</source>
        <translation>Das Modell wurde im Trainingsmodus aufgezeichnet; seine Batch-Norm wird als gewöhnliche übernommen, die sich in Training und Auswertung unterschiedlich verhält.</translation>
    </message>
    <message>
        <source>its weights were read back, but the source was not run: no Python with PyTorch was found (ESPALIER_PYTHON names one)</source>
        <translation>die Gewichte wurden zurückgelesen, der Quelltext aber nicht ausgeführt: kein Python mit PyTorch gefunden (ESPALIER_PYTHON nennt eines)</translation>
    </message>
    <message>
        <source>The model&apos;s espalier.json could not be read; its settings were left out.</source>
        <translation>espalier.json im Modell war nicht lesbar; seine Einstellungen wurden nicht übernommen.</translation>
    </message>
    <message>
        <source>Weights of another precision were converted to float32.</source>
        <translation>Gewichte anderer Genauigkeit wurden in float32 umgewandelt.</translation>
    </message>
    <message>
        <source>No batch norm stands behind 1 convolution; exporters often fold it in. Fine-tuning is easier with it put back (restore_batch_norm), which changes no outputs.</source>
        <translation>Hinter 1 Faltung steht keine Batch-Norm; Exportprogramme rechnen sie oft ein. Wieder eingefügt (restore_batch_norm) erleichtert sie das Fine-Tuning und ändert keine Ausgaben.</translation>
    </message>
    <message>
        <source>No batch norm stands behind {1} convolutions; exporters often fold it in. Fine-tuning is easier with it put back (restore_batch_norm), which changes no outputs.</source>
        <translation>Hinter {1} Faltungen steht keine Batch-Norm; Exportprogramme rechnen sie oft ein. Wieder eingefügt (restore_batch_norm) erleichtert sie das Fine-Tuning und ändert keine Ausgaben.</translation>
    </message>
    <message>
        <source>The file does not tell its input size; {1} was assumed; give the input shape if that is wrong.</source>
        <translation>Die Datei nennt die Größe der Eingabe nicht; {1} wurde angenommen. Ist das falsch, geben Sie die Form der Eingabe an.</translation>
    </message>
    <message>
        <source>timing</source>
        <translation>Zeit messen</translation>
    </message>
    <message>
        <source>passes</source>
        <translation>Durchläufe</translation>
    </message>
    <message>
        <source>The precision tf32 has no effect on the CPU: networks run in float32.</source>
        <translation>Die Genauigkeit tf32 hat auf der CPU keine Wirkung: Netze laufen in float32.</translation>
    </message>
    <message>
        <source>CKA {1} ({2}) against none ({3}: its features do not vary)</source>
        <translation>CKA {1} ({2}) gegen keinen Wert ({3}: die Merkmale variieren nicht)</translation>
    </message>
    <message>
        <source>the only candidate ({1})</source>
        <translation>der einzige Kandidat ({1})</translation>
    </message>
    <message>
        <source>a coin ({1})</source>
        <translation>Münzwurf ({1})</translation>
    </message>
    <message>
        <source>comparing with the parent</source>
        <translation>Vergleich mit dem Vorgänger</translation>
    </message>
    <message>
        <source>comparing layers</source>
        <translation>Schichten vergleichen</translation>
    </message>
    <message>
        <source>comparing candidates</source>
        <translation>Kandidaten vergleichen</translation>
    </message>
    <message>
        <source>opened {1}</source>
        <translation>{1} geöffnet</translation>
    </message>
    <message>
        <source>created {1}</source>
        <translation>{1} angelegt</translation>
    </message>
    <message>
        <source>every candidate compared</source>
        <translation>alle Kandidaten verglichen</translation>
    </message>
    <message>
        <source>every layer compared</source>
        <translation>alle Schichten verglichen</translation>
    </message>
    <message>
        <source>every operator timed</source>
        <translation>die Zeit aller Operatoren gemessen</translation>
    </message>
    <message>
        <source>chosen by hand</source>
        <translation>von Hand gewählt</translation>
    </message>
    <message>
        <source>iteration finished</source>
        <translation>Iteration fertig</translation>
    </message>
    <message>
        <source>undone</source>
        <translation>rückgängig gemacht</translation>
    </message>
    <message>
        <source>the network of iteration {1}</source>
        <translation>das Netz von Iteration {1}</translation>
    </message>
    <message>
        <source>locks set</source>
        <translation>Sperren gesetzt</translation>
    </message>
    <message>
        <source>target set</source>
        <translation>Ziel gesetzt</translation>
    </message>
    <message>
        <source>shown</source>
        <translation>gezeigt</translation>
    </message>
    <message>
        <source>exported to {1}; {2}</source>
        <translation>exportiert nach {1}; {2}</translation>
    </message>
    <message>
        <source>the model can be read</source>
        <translation>das Modell ist lesbar</translation>
    </message>
    <message>
        <source>the experiment can begin</source>
        <translation>das Experiment kann beginnen</translation>
    </message>
    <message>
        <source>nothing is left to remove</source>
        <translation>nichts mehr zu entfernen</translation>
    </message>
    <message>
        <source>by hand</source>
        <translation>von Hand</translation>
    </message>
    <message>
        <source>by hand, instead of {1}</source>
        <translation>von Hand, statt {1}</translation>
    </message>
    <message>
        <source>Iteration {1}: {2} chosen by hand.</source>
        <translation>Iteration {1}: {2} von Hand gewählt.</translation>
    </message>
    <message>
        <source>Iteration {1}: {2} chosen: {3}.</source>
        <translation>Iteration {1}: {2} gewählt: {3}.</translation>
    </message>
    <message>
        <source>{1}, brief</source>
        <translation>{1}, kurz</translation>
    </message>
    <message>
        <source>timing candidates</source>
        <translation>Zeit der Kandidaten messen</translation>
    </message>
    <message>
        <source>candidates</source>
        <translation>Kandidaten</translation>
    </message>
    <message>
        <source>the dense network</source>
        <translation>das dichte Netz</translation>
    </message>
    <message>
        <source>iteration {1}</source>
        <translation>Iteration {1}</translation>
    </message>
    <message>
        <source>{1} removed</source>
        <translation>{1} entfernt</translation>
    </message>
    <message>
        <source>all {1} iterations done</source>
        <translation>alle {1} Iterationen fertig</translation>
    </message>
    <message>
        <source>target reached: {1} of the MACs removed</source>
        <translation>Ziel erreicht: {1} der MACs entfernt</translation>
    </message>
    <message>
        <source>validation accuracy fell to {1}, below the floor of {2}; the network before it stays current</source>
        <translation>die Genauigkeit auf der Validierung fiel auf {1}, unter die Grenze von {2}; das Netz davor bleibt das aktuelle</translation>
    </message>
    <message>
        <source>It is the first that reads the input.</source>
        <translation>Sie liest als erste die Eingabe.</translation>
    </message>
    <message>
        <source>It joins paths that are also used elsewhere.</source>
        <translation>Führt Wege zusammen, die auch anderswo gebraucht werden.</translation>
    </message>
    <message>
        <source>evaluating</source>
        <translation>Auswerten</translation>
    </message>
    <message>
        <source>training, epoch {1} of {2}</source>
        <translation>Training, Epoche {1} von {2}</translation>
    </message>
    <message>
        <source>measuring activations</source>
        <translation>Aktivierungen messen</translation>
    </message>
</context>
<context>
    <name>DockAction</name>
    <message>
        <source>Show the panel and go to it</source>
        <translation>Den Bereich zeigen und dorthin gehen</translation>
    </message>
</context>
<context>
    <name>Explanations</name>
    <message>
        <source>The network as a picture: each card is a layer, each cell in it a filter or a head. What the selected candidate would remove is marked before anything is cut. The wheel zooms, dragging moves.</source>
        <translation>Das Netz als Bild: Jede Karte ist eine Schicht, jede Zelle darin ein Filter oder ein Kopf. Was der ausgewählte Kandidat entfernen würde, ist markiert, bevor etwas geschnitten wird. Das Rad zoomt, Ziehen verschiebt.</translation>
    </message>
    <message>
        <source>Every network of this session, from the dense one on: what was removed, what it cost in accuracy, what is left. Selecting one shows its contest and its curves.</source>
        <translation>Jedes Netz dieser Sitzung, vom unbeschnittenen an: was entfernt wurde, was es an Genauigkeit gekostet hat, was bleibt. Wer eines auswählt, sieht seinen Wettbewerb und seine Kurven.</translation>
    </message>
    <message>
        <source>The layer that is selected in the picture: its shape, its cost, and why it can be pruned or must stay.</source>
        <translation>Die Schicht, die im Bild ausgewählt ist: ihre Form, ihr Aufwand und warum sie beschnitten werden kann oder bleiben muss.</translation>
    </message>
    <message>
        <source>What competes to be removed next. The smaller 1 − CKA, the more the network without that part computes what it computed with it. Selecting a candidate marks it in the picture.</source>
        <translation>Was als Nächstes entfernt werden könnte. Je kleiner 1 − CKA, desto mehr rechnet das Netz ohne diesen Teil, was es mit ihm rechnete. Wer einen Kandidaten auswählt, sieht ihn im Bild markiert.</translation>
    </message>
    <message>
        <source>Accuracy against the computing that was saved, and loss and accuracy of the fine-tuning that goes on.</source>
        <translation>Genauigkeit gegen die gesparte Rechnung sowie Verlust und Genauigkeit der laufenden Feinabstimmung.</translation>
    </message>
    <message>
        <source>What the engine has done and noticed, in order.</source>
        <translation>Was getan wurde und aufgefallen ist, der Reihe nach.</translation>
    </message>
    <message>
        <source>A run ends when so much of the dense network&apos;s computing is removed, however many iterations that takes.</source>
        <translation>Ein Lauf endet, wenn so viel der Rechnung des unbeschnittenen Netzes entfernt ist, wie viele Iterationen das auch braucht.</translation>
    </message>
    <message>
        <source>What is being done, how far it is, and how long it will take.</source>
        <translation>Was getan wird, wie weit es ist und wie lange es noch dauert.</translation>
    </message>
</context>
<context>
    <name>Normalisation</name>
    <message>
        <source>“%1” is not a normalisation; give pixel, or means / deviations of the channels, like 0.49, 0.48, 0.45 / 0.25, 0.24, 0.26.</source>
        <translation>„%1“ ist keine Normalisierung; geben Sie pixel an oder Mittelwerte / Abweichungen der Kanäle wie 0.49, 0.48, 0.45 / 0.25, 0.24, 0.26.</translation>
    </message>
</context>
<context>
    <name>QObject</name>
    <message>
        <source>published: layers and filters</source>
        <translation>veröffentlicht: Schichten und Filter</translation>
    </message>
    <message>
        <source>published: layers only</source>
        <translation>veröffentlicht: nur Schichten</translation>
    </message>
</context>
<context>
    <name>StopQuestion</name>
    <message>
        <source>Finished epochs are in the session; opening it goes on from there.</source>
        <translation>Fertige Epochen stehen in der Sitzung; wer sie öffnet, macht dort weiter.</translation>
    </message>
    <message>
        <source>Keep Working</source>
        <translation>Weiterarbeiten</translation>
    </message>
</context>
<context>
    <name>espalier::ui::AccuracyPlot</name>
    <message>
        <source>Accuracy against MACs removed</source>
        <translation>Genauigkeit gegen entfernte MACs</translation>
    </message>
    <message>
        <source>MACs removed, %</source>
        <translation>entfernte MACs, %</translation>
    </message>
    <message>
        <source>accuracy, %</source>
        <translation>Genauigkeit, %</translation>
    </message>
    <message>
        <source>test</source>
        <translation>Test</translation>
    </message>
    <message>
        <source>validation</source>
        <translation>Validierung</translation>
    </message>
    <message>
        <source>current</source>
        <translation>aktuell</translation>
    </message>
    <message>
        <source>branch to %1</source>
        <translation>Zweig zu %1</translation>
    </message>
</context>
<context>
    <name>espalier::ui::CandidatesModel</name>
    <message>
        <source>chosen</source>
        <translation>gewählt</translation>
    </message>
    <message>
        <source>layer</source>
        <translation>Schicht</translation>
    </message>
    <message>
        <source>filters</source>
        <translation>Filter</translation>
    </message>
    <message>
        <source>heads</source>
        <translation>Köpfe</translation>
    </message>
    <message>
        <source>neurons</source>
        <translation>Neuronen</translation>
    </message>
    <message>
        <source>%1 in 1 attention</source>
        <translation>%1 in 1 Attention</translation>
    </message>
    <message>
        <source>%1 in %2 attentions</source>
        <translation>%1 in %2 Attentions</translation>
    </message>
    <message>
        <source>%1 in 1 linear layer</source>
        <translation>%1 in 1 linearen Schicht</translation>
    </message>
    <message>
        <source>%1 in %2 linear layers</source>
        <translation>%1 in %2 linearen Schichten</translation>
    </message>
    <message>
        <source>%1 in 1 convolution</source>
        <translation>%1 in 1 Faltung</translation>
    </message>
    <message>
        <source>%1 in %2 convolutions</source>
        <translation>%1 in %2 Faltungen</translation>
    </message>
    <message>
        <source>%1 MACs remain of %2</source>
        <translation>%1 MACs von %2 bleiben</translation>
    </message>
    <message>
        <source>%1 parameters remain of %2</source>
        <translation>%1 Parameter von %2 bleiben</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Art</translation>
    </message>
    <message>
        <source>What goes: a whole layer (residual block) or filters</source>
        <translation>Was geht: eine ganze Schicht (Residualblock) oder Filter</translation>
    </message>
    <message>
        <source>What goes</source>
        <translation>Was geht</translation>
    </message>
    <message>
        <source>The parts this candidate removes</source>
        <translation>Die Teile, die dieser Kandidat entfernt</translation>
    </message>
    <message>
        <source>1 − CKA</source>
        <translation>1 − CKA</translation>
    </message>
    <message>
        <source>Distance to the parent: 1 minus the linear centered kernel alignment; smaller is closer</source>
        <translation>Abstand zum Vorgänger: 1 minus lineares Centered Kernel Alignment; kleiner ist näher</translation>
    </message>
    <message>
        <source>Debiased</source>
        <translation>Unverzerrt</translation>
    </message>
    <message>
        <source>ΔMACs</source>
        <translation>ΔMACs</translation>
    </message>
    <message>
        <source>Change of the multiply-accumulates against the parent</source>
        <translation>Änderung der Multiply-Accumulates gegen den Vorgänger</translation>
    </message>
    <message>
        <source>ΔParams</source>
        <translation>ΔParameter</translation>
    </message>
    <message>
        <source>Change of the number of parameters against the parent</source>
        <translation>Änderung der Parameterzahl gegen den Vorgänger</translation>
    </message>
    <message>
        <source>Before</source>
        <translation>Vorher</translation>
    </message>
    <message>
        <source>Accuracy right after the cut, nothing fine-tuned</source>
        <translation>Genauigkeit gleich nach dem Schnitt, ohne Feinabstimmung</translation>
    </message>
    <message>
        <source>Brief</source>
        <translation>Kurz</translation>
    </message>
    <message>
        <source>Accuracy after the brief fine-tuning of both candidates</source>
        <translation>Genauigkeit nach der kurzen Feinabstimmung beider Kandidaten</translation>
    </message>
    <message>
        <source>CKA</source>
        <translation>CKA</translation>
    </message>
    <message>
        <source>Similarity to the parent: linear centered kernel alignment; 1 is the same</source>
        <translation>Ähnlichkeit zum Vorgänger: lineares Centered Kernel Alignment; 1 ist gleich</translation>
    </message>
    <message>
        <source>The same by the debiased estimate of CKA</source>
        <translation>Dasselbe nach der unverzerrten Schätzung von CKA</translation>
    </message>
    <message>
        <source>near-tie</source>
        <translation>fast gleich</translation>
    </message>
    <message>
        <source>Within the interval of %1: with other images the two could have changed places</source>
        <translation>Im Intervall von %1: mit anderen Bildern könnten die beiden die Plätze tauschen</translation>
    </message>
    <message>
        <source>95 %</source>
        <translation>95 %</translation>
    </message>
    <message>
        <source>Where it lies with other images of the same kind, at 95 % (bootstrap)</source>
        <translation>Wo der Wert mit anderen Bildern derselben Art liegt, zu 95 % (Bootstrap)</translation>
    </message>
    <message>
        <source>From %1 to %2</source>
        <translation>Von %1 bis %2</translation>
    </message>
    <message>
        <source>chosen by hand</source>
        <translation>von Hand gewählt</translation>
    </message>
    <message>
        <source>the engine&apos;s choice</source>
        <translation>die Wahl des Programms</translation>
    </message>
    <message>
        <source>★ the engine&apos;s choice; ✓ yours instead; ≈ a near-tie: within the interval</source>
        <translation>★ die Wahl des Programms; ✓ stattdessen Ihre; ≈ fast gleichauf: innerhalb des Intervalls</translation>
    </message>
    <message>
        <source>Not measured yet, or switched off in the experiment</source>
        <translation>Noch nicht gemessen, oder im Experiment abgeschaltet</translation>
    </message>
    <message>
        <source>%1 for a pass against the parent&apos;s %2
Medians of %3 passes each, taken in turns: batch %4, %5
Half of them took %6 to %7, the parent&apos;s %8 to %9</source>
        <translation>%1 je Durchlauf gegen %2 des Vorgängers
Mediane von je %3 Durchläufen, abwechselnd gemessen: Batch %4, %5
Die Hälfte brauchte %6 bis %7, beim Vorgänger %8 bis %9</translation>
    </message>
    <message>
        <source>ΔLatency</source>
        <translation>ΔLatenz</translation>
    </message>
    <message>
        <source>Change of the measured time of a pass against the parent</source>
        <translation>Änderung der gemessenen Zeit eines Durchlaufs gegen den Vorgänger</translation>
    </message>
</context>
<context>
    <name>espalier::ui::CandidatesPanel</name>
    <message>
        <source>Score all</source>
        <translation>Alle bewerten</translation>
    </message>
    <message>
        <source>Candidates of the next cut</source>
        <translation>Kandidaten des nächsten Schnitts</translation>
    </message>
    <message>
        <source>Criterion that ranks filters</source>
        <translation>Kriterium, das Filter ordnet</translation>
    </message>
    <message>
        <source>Random</source>
        <translation>Zufall</translation>
    </message>
    <message>
        <source> % of filters</source>
        <translation> % der Filter</translation>
    </message>
    <message>
        <source>Share of each convolution&apos;s filters in the filter candidate</source>
        <translation>Anteil der Filter jeder Faltung am Filterkandidaten</translation>
    </message>
    <message>
        <source>Compare every removable layer, and the lowest filters, with the current network; nothing is fine-tuned</source>
        <translation>Jede entfernbare Schicht und die niedrigsten Filter mit dem aktuellen Netz vergleichen; ohne Feinabstimmung</translation>
    </message>
    <message>
        <source>Prune This Instead</source>
        <translation>Stattdessen diesen schneiden</translation>
    </message>
    <message>
        <source>Cut the selected candidate next, whatever was chosen (Return)</source>
        <translation>Als Nächstes den ausgewählten Kandidaten schneiden, gleich welcher gewählt war (Eingabetaste)</translation>
    </message>
    <message>
        <source>Kind of the candidates listed</source>
        <translation>Art der gezeigten Kandidaten</translation>
    </message>
    <message>
        <source>All kinds</source>
        <translation>Alle Arten</translation>
    </message>
    <message>
        <source>Filter by the names of the parts</source>
        <translation>Nach den Namen der Teile filtern</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>Filter</translation>
    </message>
    <message>
        <source>How similarity is shown</source>
        <translation>Wie Ähnlichkeit gezeigt wird</translation>
    </message>
    <message>
        <source>CKA, or the distance 1 − CKA, whose digits tell values near 1 apart</source>
        <translation>CKA oder der Abstand 1 − CKA, dessen Ziffern Werte nahe 1 unterscheiden</translation>
    </message>
    <message>
        <source>1 − CKA</source>
        <translation>1 − CKA</translation>
    </message>
    <message>
        <source>CKA</source>
        <translation>CKA</translation>
    </message>
</context>
<context>
    <name>espalier::ui::CardTexts</name>
    <message>
        <source>Stays: %1</source>
        <translation>Bleibt: %1</translation>
    </message>
    <message>
        <source>Folded, layers: %1</source>
        <translation>Zugeklappt, Schichten: %1</translation>
    </message>
    <message>
        <source>Double-click to unfold.</source>
        <translation>Doppelklick klappt auf.</translation>
    </message>
    <message>
        <source>went in iteration %1</source>
        <translation>ging in Iteration %1</translation>
    </message>
    <message>
        <source>went earlier</source>
        <translation>ging früher</translation>
    </message>
    <message>
        <source>shortcut</source>
        <translation>Abkürzung</translation>
    </message>
</context>
<context>
    <name>espalier::ui::CompareDialog</name>
    <message>
        <source>Iterations %1 and %2</source>
        <translation>Iterationen %1 und %2</translation>
    </message>
    <message>
        <source>Network of iteration %1</source>
        <translation>Netz der Iteration %1</translation>
    </message>
    <message>
        <source>&amp;Only what differs</source>
        <translation>&amp;Nur Unterschiede</translation>
    </message>
    <message>
        <source>Differences by layer</source>
        <translation>Unterschiede nach Schichten</translation>
    </message>
    <message>
        <source>Iteration %1</source>
        <translation>Iteration %1</translation>
    </message>
    <message>
        <source>Iteration %1, without %2</source>
        <translation>Iteration %1, ohne %2</translation>
    </message>
    <message>
        <source>Iteration %1, the dense network</source>
        <translation>Iteration %1, das unbeschnittene Netz</translation>
    </message>
    <message>
        <source>%1: validation %2, test %3, %4 MACs, %5 parameters</source>
        <translation>%1: Validierung %2, Test %3, %4 MACs, %5 Parameter</translation>
    </message>
    <message>
        <source>&amp;Close</source>
        <translation>S&amp;chließen</translation>
    </message>
</context>
<context>
    <name>espalier::ui::ComparisonModel</name>
    <message>
        <source>gone</source>
        <translation>entfernt</translation>
    </message>
    <message>
        <source>new</source>
        <translation>neu</translation>
    </message>
    <message>
        <source>Whole network</source>
        <translation>Ganzes Netz</translation>
    </message>
    <message>
        <source>Layer</source>
        <translation>Schicht</translation>
    </message>
    <message>
        <source>Channels %1</source>
        <translation>Kanäle %1</translation>
    </message>
    <message>
        <source>MACs %1</source>
        <translation>MACs %1</translation>
    </message>
    <message>
        <source>ΔMACs</source>
        <translation>ΔMACs</translation>
    </message>
    <message>
        <source>Parameters %1</source>
        <translation>Parameter %1</translation>
    </message>
    <message>
        <source>ΔParams</source>
        <translation>ΔParam.</translation>
    </message>
</context>
<context>
    <name>espalier::ui::CurvesPanel</name>
    <message>
        <source>Accuracy / MACs</source>
        <translation>Genauigkeit / MACs</translation>
    </message>
    <message>
        <source>Loss</source>
        <translation>Verlust</translation>
    </message>
    <message>
        <source>Accuracy / epoch</source>
        <translation>Genauigkeit / Epoche</translation>
    </message>
    <message>
        <source>CKA</source>
        <translation>CKA</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>Layers</source>
        <translation>Schichten</translation>
    </message>
</context>
<context>
    <name>espalier::ui::DataPage</name>
    <message>
        <source>CIFAR-10 (binary)</source>
        <translation>CIFAR-10 (binär)</translation>
    </message>
    <message>
        <source>CIFAR-100 (binary)</source>
        <translation>CIFAR-100 (binär)</translation>
    </message>
    <message>
        <source>IDX (MNIST and the like)</source>
        <translation>IDX (MNIST und ähnliche)</translation>
    </message>
    <message>
        <source>Pictures in class folders</source>
        <translation>Bilder in Klassenordnern</translation>
    </message>
    <message>
        <source>NumPy arrays</source>
        <translation>NumPy-Arrays</translation>
    </message>
    <message>
        <source>Folder of the data</source>
        <translation>Ordner der Daten</translation>
    </message>
    <message>
        <source>Kind of data</source>
        <translation>Art der Daten</translation>
    </message>
    <message>
        <source>0, 1, 2 and so on; else like 0,217,482 or a text file</source>
        <translation>0, 1, 2 und so weiter; sonst wie 0,217,482 oder eine Textdatei</translation>
    </message>
    <message>
        <source>Outputs of the classes</source>
        <translation>Ausgänge der Klassen</translation>
    </message>
    <message>
        <source>Which output of the network each class of the data is, where they do not number alike</source>
        <translation>Welcher Ausgang des Netzes zu jeder Klasse der Daten gehört, wo beide nicht gleich zählen</translation>
    </message>
    <message>
        <source>the model&apos;s own, else the usual one</source>
        <translation>die des Modells, sonst die übliche</translation>
    </message>
    <message>
        <source>Normalisation</source>
        <translation>Normalisierung</translation>
    </message>
    <message>
        <source>How the model was trained to see its pixels: “pixel” for the mean image, or means / deviations of the channels</source>
        <translation>Wie das Modell seine Pixel zu sehen gelernt hat: „pixel“ für das mittlere Bild oder Mittelwerte / Abweichungen der Kanäle</translation>
    </message>
    <message>
        <source>Images that candidates are compared on</source>
        <translation>Bilder, auf denen Kandidaten verglichen werden</translation>
    </message>
    <message>
        <source> to compare candidates</source>
        <translation> zum Vergleichen</translation>
    </message>
    <message>
        <source>Images that accuracy is measured on</source>
        <translation>Bilder, auf denen die Genauigkeit gemessen wird</translation>
    </message>
    <message>
        <source> to measure accuracy</source>
        <translation> zum Messen</translation>
    </message>
    <message>
        <source>&amp;Held-out images</source>
        <translation>Zurückgehaltene &amp;Bilder</translation>
    </message>
    <message>
        <source>&amp;Folder</source>
        <translation>&amp;Ordner</translation>
    </message>
    <message>
        <source>&amp;Kind</source>
        <translation>&amp;Art</translation>
    </message>
    <message>
        <source>&amp;Outputs of the classes</source>
        <translation>Ausgänge der &amp;Klassen</translation>
    </message>
    <message>
        <source>Data</source>
        <translation>Daten</translation>
    </message>
    <message>
        <source>The images the model was trained on. Parts are held out of the training images, so that no decision looks at the test images.</source>
        <translation>Die Bilder, mit denen das Modell trainiert wurde. Ein Teil der Trainingsbilder wird zurückgehalten, damit keine Entscheidung auf die Testbilder sieht.</translation>
    </message>
    <message>
        <source>Choose the folder of the data the model was trained on.</source>
        <translation>Wählen Sie den Ordner der Daten, mit denen das Modell trainiert wurde.</translation>
    </message>
    <message>
        <source>There is no folder %1.</source>
        <translation>Es gibt keinen Ordner %1.</translation>
    </message>
    <message>
        <source>%1 to fine-tune with, %2 to compare candidates, %3 to measure accuracy, %4 to test.</source>
        <translation>%1 zur Feinabstimmung, %2 zum Vergleichen der Kandidaten, %3 zum Messen der Genauigkeit, %4 zum Testen.</translation>
    </message>
    <message>
        <source>Nor&amp;malisation</source>
        <translation>&amp;Normalisierung</translation>
    </message>
    <message numerus="yes">
        <source>Images of %1 in %n class(es): %2</source>
        <translation>
            <numerusform>Bilder von %1 in %n Klasse: %2</numerusform>
            <numerusform>Bilder von %1 in %n Klassen: %2</numerusform>
        </translation>
    </message>
    <message>
        <source>A&amp;ccuracy counts these outputs only</source>
        <translation>&amp;Genauigkeit zählt nur diese Ausgänge</translation>
    </message>
    <message>
        <source>For a network with more outputs than the data has classes: the others cannot be answers</source>
        <translation>Für ein Netz mit mehr Ausgängen, als die Daten Klassen haben: Die anderen können keine Antworten sein</translation>
    </message>
    <message>
        <source>Shorter side that pictures are resized to, before the crop</source>
        <translation>Kürzere Seite, auf die Bilder vor dem Zuschneiden gebracht werden</translation>
    </message>
    <message>
        <source>as large as the network&apos;s input</source>
        <translation>so groß wie der Eingang des Netzes</translation>
    </message>
    <message>
        <source> pixels, then cropped</source>
        <translation> Pixel, dann zugeschnitten</translation>
    </message>
    <message>
        <source>Resi&amp;ze to</source>
        <translation>Größe &amp;ändern auf</translation>
    </message>
</context>
<context>
    <name>espalier::ui::DeviceEdit</name>
    <message>
        <source>Device</source>
        <translation>Gerät</translation>
    </message>
    <message>
        <source>auto: the first CUDA device, else the CPU; or cpu, cuda, cuda:1, …</source>
        <translation>auto: das erste CUDA-Gerät, sonst die CPU; oder cpu, cuda, cuda:1 …</translation>
    </message>
</context>
<context>
    <name>espalier::ui::EmptyState</name>
    <message>
        <source>Drop a model or a session here</source>
        <translation>Ein Modell oder eine Sitzung hier ablegen</translation>
    </message>
    <message>
        <source>A TorchScript or ONNX file (.pt, .onnx) opens as a picture of its layers.
A new session adds the data it was trained on, so that it can be pruned.
A session file (.espalier) goes on where it stopped.</source>
        <translation>Eine TorchScript- oder ONNX-Datei (.pt, .onnx) öffnet sich als Bild ihrer Schichten.
Eine neue Sitzung nimmt die Trainingsdaten dazu, damit es beschnitten werden kann.
Eine Sitzungsdatei (.espalier) macht weiter, wo sie aufgehört hat.</translation>
    </message>
    <message>
        <source>Open %1</source>
        <translation>%1 öffnen</translation>
    </message>
    <message>
        <source>Opening …</source>
        <translation>Wird geöffnet …</translation>
    </message>
</context>
<context>
    <name>espalier::ui::EpochPlot</name>
    <message>
        <source>Loss by epoch</source>
        <translation>Verlust je Epoche</translation>
    </message>
    <message>
        <source>Accuracy by epoch</source>
        <translation>Genauigkeit je Epoche</translation>
    </message>
    <message>
        <source>epoch of this iteration</source>
        <translation>Epoche dieser Iteration</translation>
    </message>
    <message>
        <source>training loss</source>
        <translation>Trainingsverlust</translation>
    </message>
    <message>
        <source>accuracy, % (dotted: training)</source>
        <translation>Genauigkeit, % (gepunktet: Training)</translation>
    </message>
    <message>
        <source>%1, training</source>
        <translation>%1, Training</translation>
    </message>
    <message>
        <source>%1, validation</source>
        <translation>%1, Validierung</translation>
    </message>
</context>
<context>
    <name>espalier::ui::ExperimentAssistant</name>
    <message>
        <source>%1. %2</source>
        <comment>number and title of a step</comment>
        <translation>%1. %2</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>&amp;Back</source>
        <translation>&amp;Zurück</translation>
    </message>
    <message>
        <source>Measuring the accuracy to begin with: %1 % …</source>
        <translation>Die Ausgangsgenauigkeit wird gemessen: %1 % …</translation>
    </message>
    <message>
        <source>Measuring the accuracy to begin with …</source>
        <translation>Die Ausgangsgenauigkeit wird gemessen …</translation>
    </message>
    <message>
        <source>Accuracy to begin with: %1 on %2 held-out images.</source>
        <translation>Ausgangsgenauigkeit: %1 auf %2 zurückgehaltenen Bildern.</translation>
    </message>
    <message>
        <source>Guessing would reach %1: are these the right data, outputs and normalisation?</source>
        <translation>Raten käme auf %1: Sind Daten, Ausgänge und Normalisierung die richtigen?</translation>
    </message>
    <message>
        <source>Reading the data …</source>
        <translation>Die Daten werden gelesen …</translation>
    </message>
    <message>
        <source>Opening the model …</source>
        <translation>Das Modell wird geöffnet …</translation>
    </message>
    <message>
        <source>The model or the data are missing; go back to choose them.</source>
        <translation>Modell oder Daten fehlen; gehen Sie zurück und wählen Sie sie.</translation>
    </message>
    <message>
        <source>&amp;Create</source>
        <translation>&amp;Anlegen</translation>
    </message>
    <message>
        <source>&amp;Next</source>
        <translation>&amp;Weiter</translation>
    </message>
    <message>
        <source>New Session</source>
        <translation>Neue Sitzung</translation>
    </message>
</context>
<context>
    <name>espalier::ui::ExportDialog</name>
    <message>
        <source>The dense network</source>
        <translation>Das unbeschnittene Netz</translation>
    </message>
    <message>
        <source>Iteration %1</source>
        <translation>Iteration %1</translation>
    </message>
    <message>
        <source>%1: %2 MACs, accuracy %3</source>
        <translation>%1: %2 MACs, Genauigkeit %3</translation>
    </message>
    <message>
        <source>%1 (current)</source>
        <translation>%1 (aktuell)</translation>
    </message>
    <message>
        <source>File to write</source>
        <translation>Zu schreibende Datei</translation>
    </message>
    <message>
        <source>&amp;Show in Folder</source>
        <translation>Im &amp;Ordner zeigen</translation>
    </message>
    <message>
        <source>&amp;Copy Path</source>
        <translation>&amp;Pfad kopieren</translation>
    </message>
    <message>
        <source>&amp;Export</source>
        <translation>&amp;Exportieren</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Export Network</source>
        <translation>Netz exportieren</translation>
    </message>
    <message>
        <source>Which network</source>
        <translation>Welches Netz</translation>
    </message>
    <message>
        <source>File format</source>
        <translation>Dateiformat</translation>
    </message>
    <message>
        <source>TorchScript: runs wherever PyTorch or LibTorch does</source>
        <translation>TorchScript: läuft, wo PyTorch oder LibTorch läuft</translation>
    </message>
    <message>
        <source>ONNX: for ONNX Runtime, OpenCV and other run-times</source>
        <translation>ONNX: für ONNX Runtime, OpenCV und andere Laufzeiten</translation>
    </message>
    <message>
        <source>PyTorch source, its weights beside it: to train further in Python</source>
        <translation>PyTorch-Quelltext, die Gewichte daneben: zum Weitertrainieren in Python</translation>
    </message>
    <message>
        <source>Progress of the export</source>
        <translation>Fortschritt des Exports</translation>
    </message>
    <message>
        <source>&amp;Network</source>
        <translation>&amp;Netz</translation>
    </message>
    <message>
        <source>&amp;Format</source>
        <translation>&amp;Format</translation>
    </message>
    <message>
        <source>Fi&amp;le</source>
        <translation>&amp;Datei</translation>
    </message>
    <message>
        <source>The model as it is</source>
        <translation>Das Modell, wie es ist</translation>
    </message>
    <message>
        <source>Stopped.</source>
        <translation>Angehalten.</translation>
    </message>
    <message>
        <source>&amp;Replace</source>
        <translation>&amp;Ersetzen</translation>
    </message>
    <message>
        <source>Choose where the network is written.</source>
        <translation>Wählen Sie, wohin das Netz geschrieben wird.</translation>
    </message>
    <message>
        <source>There is no folder %1.</source>
        <translation>Es gibt keinen Ordner %1.</translation>
    </message>
    <message>
        <source>%1 is there already and will be replaced.</source>
        <translation>%1 gibt es schon und wird ersetzt.</translation>
    </message>
    <message>
        <source>What is written is read back and run against the network in memory.</source>
        <translation>Was geschrieben wird, wird wieder gelesen und mit dem Netz im Speicher verglichen.</translation>
    </message>
</context>
<context>
    <name>espalier::ui::GraphScene</name>
    <message>
        <source>&lt;b&gt;Channel %1 of %2&lt;/b&gt;&lt;br&gt;Cannot go by itself.</source>
        <translation>&lt;b&gt;Kanal %1 von %2&lt;/b&gt;&lt;br&gt;Kann nicht für sich gehen.</translation>
    </message>
    <message>
        <source>Score %1 (%2), %3 of %4 from the lowest</source>
        <translation>Wertung %1 (%2), von unten %3 von %4</translation>
    </message>
    <message>
        <source>&lt;br&gt;Of %1</source>
        <translation>&lt;br&gt;Von %1</translation>
    </message>
    <message>
        <source>Went earlier.</source>
        <translation>Ging früher.</translation>
    </message>
    <message>
        <source>Went in iteration %1.</source>
        <translation>Ging in Iteration %1.</translation>
    </message>
    <message>
        <source>batch %1, %2</source>
        <translation>Batch %1, %2</translation>
    </message>
</context>
<context>
    <name>espalier::ui::GraphView</name>
    <message>
        <source>Network</source>
        <translation>Netz</translation>
    </message>
</context>
<context>
    <name>espalier::ui::HistoryModel</name>
    <message>
        <source>dense</source>
        <translation>unbeschnitten</translation>
    </message>
    <message>
        <source>Removed %1</source>
        <translation>%1 entfernt</translation>
    </message>
    <message>
        <source>Validation accuracy %1 after the cut, %2 after fine-tuning</source>
        <translation>Validierungsgenauigkeit %1 nach dem Schnitt, %2 nach der Feinabstimmung</translation>
    </message>
    <message>
        <source>The network the session began with</source>
        <translation>Das Netz, mit dem die Sitzung begann</translation>
    </message>
    <message>
        <source>Branches off iteration %1</source>
        <translation>Zweigt von Iteration %1 ab</translation>
    </message>
    <message>
        <source>%1 MACs, %2 parameters</source>
        <translation>%1 MACs, %2 Parameter</translation>
    </message>
    <message>
        <source>Took %1</source>
        <translation>Dauerte %1</translation>
    </message>
    <message>
        <source>#</source>
        <translation>#</translation>
    </message>
    <message>
        <source>Iteration; the arrow marks the current network</source>
        <translation>Iteration; der Pfeil zeigt auf das aktuelle Netz</translation>
    </message>
    <message>
        <source>Removed</source>
        <translation>Entfernt</translation>
    </message>
    <message>
        <source>What this iteration took away</source>
        <translation>Was diese Iteration weggenommen hat</translation>
    </message>
    <message>
        <source>Validation accuracy after fine-tuning</source>
        <translation>Validierungsgenauigkeit nach der Feinabstimmung</translation>
    </message>
    <message>
        <source>Test accuracy, for reporting only</source>
        <translation>Testgenauigkeit, nur zum Berichten</translation>
    </message>
    <message>
        <source>MACs</source>
        <translation>MACs</translation>
    </message>
    <message>
        <source>Share of the dense network&apos;s MACs removed so far</source>
        <translation>Bisher entfernter Anteil der MACs des unbeschnittenen Netzes</translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation>Parameter</translation>
    </message>
    <message>
        <source>Parameters that remain</source>
        <translation>Parameter, die bleiben</translation>
    </message>
    <message>
        <source>1 − CKA layer</source>
        <translation>1 − CKA Schicht</translation>
    </message>
    <message>
        <source>Distance of the layer candidate to its parent</source>
        <translation>Abstand des Schichtkandidaten zu seinem Vorgänger</translation>
    </message>
    <message>
        <source>1 − CKA units</source>
        <translation>1 − CKA Einheiten</translation>
    </message>
    <message>
        <source>Distance of the closest candidate of filters, heads or neurons to its parent</source>
        <translation>Abstand des nächsten Kandidaten aus Filtern, Köpfen oder Neuronen zu seinem Vorgänger</translation>
    </message>
    <message>
        <source>Margin</source>
        <translation>Abstand</translation>
    </message>
    <message>
        <source>CKA of what was cut less that of the closest of the others: how clear the choice was; negative where it was made by hand or by a coin</source>
        <translation>CKA des Gewählten minus CKA des nächsten anderen: wie klar die Wahl war; negativ, wo von Hand oder durch eine Münze gewählt wurde</translation>
    </message>
    <message>
        <source>Val. %</source>
        <translation>Val. %</translation>
    </message>
    <message>
        <source>Test %</source>
        <translation>Test %</translation>
    </message>
    <message>
        <source>Latency %1, %2 of the dense network&apos;s (batch %3, %4)</source>
        <translation>Latenz %1, %2 der des unbeschnittenen Netzes (Batch %3, %4)</translation>
    </message>
</context>
<context>
    <name>espalier::ui::HistoryPanel</name>
    <message>
        <source>The iterations of a session are listed here.</source>
        <translation>Hier stehen die Iterationen einer Sitzung.</translation>
    </message>
    <message>
        <source>History of iterations</source>
        <translation>Verlauf der Iterationen</translation>
    </message>
    <message>
        <source>Go To</source>
        <translation>Gehe zu</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>Vergleichen</translation>
    </message>
    <message>
        <source>Export This Network…</source>
        <translation>Dieses Netz exportieren …</translation>
    </message>
    <message>
        <source>Branch from Here</source>
        <translation>Von hier abzweigen</translation>
    </message>
    <message>
        <source>Make this the current network; what is pruned next begins a branch, and what was made of it stays (Return)</source>
        <translation>Dieses Netz zum aktuellen machen; was als Nächstes beschnitten wird, beginnt einen Zweig, und was daraus entstand, bleibt (Eingabe)</translation>
    </message>
    <message>
        <source>Make this the current network (Return)</source>
        <translation>Dieses Netz zum aktuellen machen (Eingabe)</translation>
    </message>
    <message>
        <source>Compare with Current</source>
        <translation>Mit dem aktuellen vergleichen</translation>
    </message>
    <message>
        <source>Both networks side by side; select two with Ctrl (%1)</source>
        <translation>Beide Netze nebeneinander; zwei mit Strg auswählen (%1)</translation>
    </message>
</context>
<context>
    <name>espalier::ui::InspectorPanel</name>
    <message>
        <source>Operator</source>
        <translation>Operator</translation>
    </message>
    <message>
        <source>Output</source>
        <translation>Ausgang</translation>
    </message>
    <message>
        <source>MACs</source>
        <translation>MACs</translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation>Parameter</translation>
    </message>
    <message>
        <source>Can go</source>
        <translation>Kann gehen</translation>
    </message>
    <message>
        <source>Coupled</source>
        <translation>Gekoppelt</translation>
    </message>
    <message>
        <source>Block</source>
        <translation>Block</translation>
    </message>
    <message>
        <source>Select a layer in the picture</source>
        <translation>Wählen Sie eine Schicht im Bild</translation>
    </message>
    <message>
        <source>No network</source>
        <translation>Kein Netz</translation>
    </message>
    <message>
        <source>%1, %2 of the network</source>
        <translation>%1, %2 des Netzes</translation>
    </message>
    <message>
        <source>in none</source>
        <translation>in keinem</translation>
    </message>
    <message>
        <source>%1, stage %2</source>
        <translation>%1, Stufe %2</translation>
    </message>
    <message>
        <source>%1. Can go as a whole: saves %2 MACs.</source>
        <translation>%1. Kann als Ganzes gehen: spart %2 MACs.</translation>
    </message>
    <message>
        <source>%1. Stays.</source>
        <translation>%1. Bleibt.</translation>
    </message>
    <message>
        <source>%1. Stays: %2</source>
        <translation>%1. Bleibt: %2</translation>
    </message>
    <message>
        <source>No: %1</source>
        <translation>Nein: %1</translation>
    </message>
    <message>
        <source>Its filters, one by one (%1 of them)</source>
        <translation>Seine Filter, einzeln (%1 Stück)</translation>
    </message>
    <message>
        <source>Only with what it belongs to</source>
        <translation>Nur mit dem, wozu es gehört</translation>
    </message>
    <message>
        <source>with nothing else</source>
        <translation>mit nichts anderem</translation>
    </message>
    <message>
        <source>with %1</source>
        <translation>mit %1</translation>
    </message>
    <message>
        <source>Details of the selected layer</source>
        <translation>Einzelheiten der ausgewählten Schicht</translation>
    </message>
    <message>
        <source>Attributes</source>
        <translation>Attribute</translation>
    </message>
    <message>
        <source>Scores</source>
        <translation>Bewertungen</translation>
    </message>
    <message>
        <source>Selected</source>
        <translation>Ausgewählt</translation>
    </message>
    <message>
        <source>Weights</source>
        <translation>Gewichte</translation>
    </message>
    <message>
        <source>%1 to %2, mean %3 (%4)</source>
        <translation>%1 bis %2, Mittel %3 (%4)</translation>
    </message>
    <message>
        <source>Score %1</source>
        <translation>Bewertung %1</translation>
    </message>
    <message>
        <source>%1 to %2, mean %3 ± %4</source>
        <translation>%1 bis %2, Mittel %3 ± %4</translation>
    </message>
    <message>
        <source>heads</source>
        <translation>Köpfe</translation>
    </message>
    <message>
        <source>neurons</source>
        <translation>Neuronen</translation>
    </message>
    <message>
        <source>filters</source>
        <translation>Filter</translation>
    </message>
    <message>
        <source>block</source>
        <translation>Block</translation>
    </message>
    <message>
        <source>Unlock %1</source>
        <translation>%1 freigeben</translation>
    </message>
    <message>
        <source>Lock %1</source>
        <translation>%1 sperren</translation>
    </message>
    <message>
        <source>%1 stays. Let it compete again.</source>
        <translation>%1 bleibt. Wieder antreten lassen.</translation>
    </message>
    <message>
        <source>Keep all of %1.</source>
        <translation>%1 ganz behalten.</translation>
    </message>
    <message>
        <source>Latency</source>
        <translation>Latenz</translation>
    </message>
</context>
<context>
    <name>espalier::ui::IterationPlot</name>
    <message>
        <source>layer</source>
        <translation>Schicht</translation>
    </message>
    <message>
        <source>filters</source>
        <translation>Filter</translation>
    </message>
    <message>
        <source>heads</source>
        <translation>Köpfe</translation>
    </message>
    <message>
        <source>neurons</source>
        <translation>Neuronen</translation>
    </message>
    <message>
        <source>1 - CKA by iteration</source>
        <translation>1 - CKA je Iteration</translation>
    </message>
    <message>
        <source>Size by iteration</source>
        <translation>Größe je Iteration</translation>
    </message>
    <message>
        <source>iteration</source>
        <translation>Iteration</translation>
    </message>
    <message>
        <source>1 − CKA (filled: chosen)</source>
        <translation>1 − CKA (gefüllt: gewählt)</translation>
    </message>
    <message>
        <source>left, %</source>
        <translation>übrig, %</translation>
    </message>
    <message>
        <source>MACs</source>
        <translation>MACs</translation>
    </message>
    <message>
        <source>parameters</source>
        <translation>Parameter</translation>
    </message>
    <message>
        <source>latency, measured</source>
        <translation>Latenz, gemessen</translation>
    </message>
</context>
<context>
    <name>espalier::ui::LayerMap</name>
    <message>
        <source>Compare &amp;Layers</source>
        <translation>Schichten &amp;vergleichen</translation>
    </message>
    <message>
        <source>CKA of every layer with every layer</source>
        <translation>CKA jeder Schicht mit jeder Schicht</translation>
    </message>
    <message>
        <source>Each layer of the current network with each layer of the selected candidate; without one, with those of its parent</source>
        <translation>Jede Schicht des aktuellen Netzes mit jeder des ausgewählten Kandidaten; ohne einen mit denen des Vorgängers</translation>
    </message>
    <message>
        <source>CKA</source>
        <translation>CKA</translation>
    </message>
    <message>
        <source>%1 (rows) and %2 (columns), %3 images</source>
        <translation>%1 (Zeilen) und %2 (Spalten), %3 Bilder</translation>
    </message>
    <message>
        <source>How alike the layers of two networks are</source>
        <translation>Wie ähnlich sich die Schichten zweier Netze sind</translation>
    </message>
    <message>
        <source>%1 and %2: %3</source>
        <translation>%1 und %2: %3</translation>
    </message>
    <message>
        <source>does not vary</source>
        <translation>ändert sich nicht</translation>
    </message>
</context>
<context>
    <name>espalier::ui::Legend</name>
    <message>
        <source>Legend</source>
        <translation>Legende</translation>
    </message>
    <message>
        <source>Score within a layer</source>
        <translation>Bewertung innerhalb der Schicht</translation>
    </message>
    <message>
        <source>Score within the network</source>
        <translation>Bewertung innerhalb des Netzes</translation>
    </message>
    <message>
        <source>lowest</source>
        <translation>niedrigste</translation>
    </message>
    <message>
        <source>highest</source>
        <translation>höchste</translation>
    </message>
    <message>
        <source>%1: %2 to %3</source>
        <translation>%1: %2 bis %3</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation>%1 (%2)</translation>
    </message>
</context>
<context>
    <name>espalier::ui::LogPanel</name>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>Leeren</translation>
    </message>
    <message>
        <source>Which lines are shown</source>
        <translation>Welche Zeilen gezeigt werden</translation>
    </message>
    <message>
        <source>Everything</source>
        <translation>Alles</translation>
    </message>
    <message>
        <source>Warnings and errors</source>
        <translation>Warnungen und Fehler</translation>
    </message>
    <message>
        <source>Errors</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>Copy the lines that are selected, or all that are shown</source>
        <translation>Die ausgewählten Zeilen kopieren oder alle, die gezeigt werden</translation>
    </message>
    <message>
        <source>Forget all lines; the session keeps its own log</source>
        <translation>Alle Zeilen vergessen; die Sitzung hat ihr eigenes Protokoll</translation>
    </message>
    <message>
        <source>Log</source>
        <translation>Protokoll</translation>
    </message>
    <message>
        <source>Warning: </source>
        <translation>Warnung: </translation>
    </message>
    <message>
        <source>Error: </source>
        <translation>Fehler: </translation>
    </message>
</context>
<context>
    <name>espalier::ui::MainActions</name>
    <message>
        <source>&amp;Open Model…</source>
        <translation>Modell ö&amp;ffnen …</translation>
    </message>
    <message>
        <source>Look at a network without data</source>
        <translation>Ein Netz ohne Daten ansehen</translation>
    </message>
    <message>
        <source>&amp;New Session…</source>
        <translation>&amp;Neue Sitzung …</translation>
    </message>
    <message>
        <source>Choose a model and its data, and prune it</source>
        <translation>Ein Modell und seine Daten wählen und es beschneiden</translation>
    </message>
    <message>
        <source>Open &amp;Session…</source>
        <translation>&amp;Sitzung öffnen …</translation>
    </message>
    <message>
        <source>Go on with a session where it stopped</source>
        <translation>Mit einer Sitzung weitermachen, wo sie aufgehört hat</translation>
    </message>
    <message>
        <source>&amp;Export…</source>
        <translation>&amp;Exportieren …</translation>
    </message>
    <message>
        <source>Write a network as TorchScript, ONNX or PyTorch source, checked</source>
        <translation>Ein Netz als TorchScript, ONNX oder PyTorch-Quelltext schreiben, geprüft</translation>
    </message>
    <message>
        <source>&amp;Preferences…</source>
        <translation>E&amp;instellungen …</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>&amp;Beenden</translation>
    </message>
    <message>
        <source>&amp;Step</source>
        <translation>&amp;Schritt</translation>
    </message>
    <message>
        <source>&amp;Run to Target</source>
        <translation>&amp;Bis zum Ziel</translation>
    </message>
    <message>
        <source>Iterate until the target is reached</source>
        <translation>Iterieren, bis das Ziel erreicht ist</translation>
    </message>
    <message>
        <source>&amp;Pause</source>
        <translation>&amp;Pause</translation>
    </message>
    <message>
        <source>S&amp;top</source>
        <translation>&amp;Anhalten</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>&amp;Rückgängig</translation>
    </message>
    <message>
        <source>&amp;Find Layer…</source>
        <translation>Schicht &amp;suchen …</translation>
    </message>
    <message>
        <source>Zoom &amp;In</source>
        <translation>Ver&amp;größern</translation>
    </message>
    <message>
        <source>Zoom &amp;Out</source>
        <translation>Ver&amp;kleinern</translation>
    </message>
    <message>
        <source>&amp;Actual Size</source>
        <translation>&amp;Originalgröße</translation>
    </message>
    <message>
        <source>Fit &amp;Network</source>
        <translation>&amp;Netz einpassen</translation>
    </message>
    <message>
        <source>&amp;Keyboard Shortcuts</source>
        <translation>&amp;Tastenkürzel</translation>
    </message>
    <message>
        <source>Every action that has a key</source>
        <translation>Jede Aktion, die eine Taste hat</translation>
    </message>
    <message>
        <source>&amp;About Espalier</source>
        <translation>Über &amp;Espalier</translation>
    </message>
    <message>
        <source>About &amp;Qt</source>
        <translation>Über &amp;Qt</translation>
    </message>
    <message>
        <source>Pr&amp;opose</source>
        <translation>&amp;Vorschlagen</translation>
    </message>
    <message>
        <source>Candidates of the next cut compete; nothing is cut before you have seen which one is chosen</source>
        <translation>Kandidaten des nächsten Schnitts treten an; nichts wird geschnitten, bevor Sie den gewählten gesehen haben</translation>
    </message>
    <message>
        <source>&amp;Fine-Tune</source>
        <translation>&amp;Feinabstimmen</translation>
    </message>
    <message>
        <source>Go on with the proposal: cut what is chosen and fine-tune the rest</source>
        <translation>Mit dem Vorschlag weitermachen: das Gewählte schneiden und den Rest feinabstimmen</translation>
    </message>
    <message>
        <source>One whole iteration: candidates compete, the chosen one is fine-tuned</source>
        <translation>Eine ganze Iteration: Kandidaten treten an, der gewählte wird feinabgestimmt</translation>
    </message>
    <message>
        <source>Drop the proposal, or go back to the network before the last iteration; the history keeps it</source>
        <translation>Den Vorschlag verwerfen oder zum Netz vor der letzten Iteration zurückgehen; der Verlauf behält sie</translation>
    </message>
    <message>
        <source>Re&amp;do</source>
        <translation>&amp;Wiederherstellen</translation>
    </message>
    <message>
        <source>Forward to the latest network made of this one</source>
        <translation>Vor zum neuesten Netz, das aus diesem entstand</translation>
    </message>
    <message>
        <source>Resu&amp;me</source>
        <translation>For&amp;tsetzen</translation>
    </message>
    <message>
        <source>Device, threads, precision, theme, language</source>
        <translation>Gerät, Threads, Genauigkeit, Farben, Sprache</translation>
    </message>
    <message>
        <source>Wait; press again to go on</source>
        <translation>Warten; noch einmal drücken, um fortzufahren</translation>
    </message>
    <message>
        <source>Stop at once; finished epochs are kept</source>
        <translation>Sofort anhalten; fertige Epochen bleiben erhalten</translation>
    </message>
</context>
<context>
    <name>espalier::ui::MainWindow</name>
    <message>
        <source>History</source>
        <translation>Verlauf</translation>
    </message>
    <message>
        <source>Inspector</source>
        <translation>Eigenschaften</translation>
    </message>
    <message>
        <source>Candidates</source>
        <translation>Kandidaten</translation>
    </message>
    <message>
        <source>Curves</source>
        <translation>Kurven</translation>
    </message>
    <message>
        <source>Log</source>
        <translation>Protokoll</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>&amp;Datei</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>&amp;Ansicht</translation>
    </message>
    <message>
        <source>&amp;Run</source>
        <translation>&amp;Lauf</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>&amp;Hilfe</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>Lauf</translation>
    </message>
    <message>
        <source>About Espalier</source>
        <translation>Über Espalier</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Espalier</source>
        <translation>Espalier</translation>
    </message>
    <message>
        <source>%1 – Espalier</source>
        <translation>%1 – Espalier</translation>
    </message>
    <message>
        <source>This is the model without data. A session adds the data, to prune it.</source>
        <translation>Das ist das Modell ohne Daten. Eine Sitzung nimmt die Daten dazu, um es zu beschneiden.</translation>
    </message>
    <message>
        <source>Try Again</source>
        <translation>Noch einmal</translation>
    </message>
    <message>
        <source>Close Espalier</source>
        <translation>Espalier schließen</translation>
    </message>
    <message>
        <source>Work is going on. Stop it and close?</source>
        <translation>Es wird gearbeitet. Anhalten und schließen?</translation>
    </message>
    <message>
        <source>Stop and Close</source>
        <translation>Anhalten und schließen</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>&amp;Panels</source>
        <translation>&amp;Bereiche</translation>
    </message>
</context>
<context>
    <name>espalier::ui::MessageBar</name>
    <message>
        <source>Close the message</source>
        <translation>Die Meldung schließen</translation>
    </message>
</context>
<context>
    <name>espalier::ui::Minimap</name>
    <message>
        <source>Overview of the network</source>
        <translation>Übersicht des Netzes</translation>
    </message>
    <message>
        <source>Drag to move the picture</source>
        <translation>Ziehen verschiebt das Bild</translation>
    </message>
</context>
<context>
    <name>espalier::ui::ModelPage</name>
    <message numerus="yes">
        <source>%n layer(s)</source>
        <translation>
            <numerusform>%n Schicht</numerusform>
            <numerusform>%n Schichten</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n filter(s)</source>
        <translation>
            <numerusform>%n Filter</numerusform>
            <numerusform>%n Filter</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n attention head(s)</source>
        <translation>
            <numerusform>%n Attention-Kopf</numerusform>
            <numerusform>%n Attention-Köpfe</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n neuron(s)</source>
        <translation>
            <numerusform>%n Neuron</numerusform>
            <numerusform>%n Neuronen</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 and %2</source>
        <comment>the last two of a list</comment>
        <translation>%1 und %2</translation>
    </message>
    <message>
        <source>Model file</source>
        <translation>Modelldatei</translation>
    </message>
    <message>
        <source>Models (*.pt *.pth *.ts *.pt2 *.onnx *.safetensors *.th);;All files (*)</source>
        <translation>Modelle (*.pt *.pth *.ts *.pt2 *.onnx *.safetensors *.th);;Alle Dateien (*)</translation>
    </message>
    <message>
        <source>from the file; else like 3x32x32</source>
        <translation>aus der Datei; sonst wie 3x32x32</translation>
    </message>
    <message>
        <source>Input shape: channels x height x width</source>
        <translation>Eingangsform: Kanäle x Höhe x Breite</translation>
    </message>
    <message>
        <source>Channels x height x width of one image, for files that do not tell</source>
        <translation>Kanäle x Höhe x Breite eines Bildes, für Dateien, die es nicht sagen</translation>
    </message>
    <message>
        <source>&amp;Model file</source>
        <translation>&amp;Modelldatei</translation>
    </message>
    <message>
        <source>&amp;Input shape</source>
        <translation>&amp;Eingangsform</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>The trained network to prune: TorchScript, torch.export, ONNX, or the weights of a known architecture.</source>
        <translation>Das trainierte Netz, das beschnitten wird: TorchScript, torch.export, ONNX oder die Gewichte einer bekannten Architektur.</translation>
    </message>
    <message>
        <source>Choose the model to prune.</source>
        <translation>Wählen Sie das Modell, das beschnitten wird.</translation>
    </message>
    <message>
        <source>There is no model file %1.</source>
        <translation>Es gibt keine Modelldatei %1.</translation>
    </message>
    <message>
        <source>Images of %1 go in, %2 come out; %3 MACs, %4 parameters.</source>
        <translation>Bilder von %1 gehen hinein, %2 kommen heraus; %3 MACs, %4 Parameter.</translation>
    </message>
    <message numerus="yes">
        <source>%n output(s)</source>
        <translation>
            <numerusform>%n Ausgang</numerusform>
            <numerusform>%n Ausgänge</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing in it can be pruned.</source>
        <translation>Nichts darin kann beschnitten werden.</translation>
    </message>
    <message>
        <source>%1 can be pruned.</source>
        <translation>%1 können beschnitten werden.</translation>
    </message>
    <message numerus="yes">
        <source>%n part(s) must stay, such as %1: %2</source>
        <translation>
            <numerusform>%n Teil muss bleiben, nämlich %1: %2</numerusform>
            <numerusform>%n Teile müssen bleiben, etwa %1: %2</numerusform>
        </translation>
    </message>
    <message>
        <source>Many exporters fold batch norm into the convolutions before it. Put back as an identity, it changes no output and helps fine-tuning.</source>
        <translation>Viele Exportprogramme rechnen Batch-Norm in die Faltungen davor ein. Als Identität wieder eingefügt, ändert sie keine Ausgabe und hilft beim Fine-Tuning.</translation>
    </message>
    <message>
        <source>P&amp;ut batch norm back where it was folded</source>
        <translation>&amp;Batch-Norm wieder einfügen, wo sie eingerechnet wurde</translation>
    </message>
</context>
<context>
    <name>espalier::ui::NetworkPanel</name>
    <message>
        <source>Find a layer or operator</source>
        <translation>Schicht oder Operator suchen</translation>
    </message>
    <message>
        <source>Zoom out</source>
        <translation>Verkleinern</translation>
    </message>
    <message>
        <source>Zoom in</source>
        <translation>Vergrößern</translation>
    </message>
    <message>
        <source>Fit</source>
        <translation>Einpassen</translation>
    </message>
    <message>
        <source>Show the whole network</source>
        <translation>Das ganze Netz zeigen</translation>
    </message>
    <message>
        <source>View</source>
        <translation>Ansicht</translation>
    </message>
    <message>
        <source>What the picture shows</source>
        <translation>Was das Bild zeigt</translation>
    </message>
    <message>
        <source>Compare &amp;scores across the network</source>
        <translation>&amp;Wertungen über das Netz vergleichen</translation>
    </message>
    <message>
        <source>Colours of cells from the lowest score of all layers to the highest, not layer by layer</source>
        <translation>Farben der Zellen von der niedrigsten Wertung aller Schichten zur höchsten, nicht Schicht für Schicht</translation>
    </message>
    <message>
        <source>%1 found</source>
        <translation>%1 gefunden</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>Number painted on the layers</source>
        <translation>Auf die Schichten gemalte Zahl</translation>
    </message>
    <message>
        <source>The number that warms the layers and is written on them</source>
        <translation>Die Zahl, die die Schichten einfärbt und auf ihnen steht</translation>
    </message>
    <message>
        <source>Paint: %1</source>
        <translation>Malen: %1</translation>
    </message>
    <message>
        <source>Show what &amp;went earlier</source>
        <translation>&amp;Früher Entferntes zeigen</translation>
    </message>
    <message>
        <source>Filters and blocks that earlier iterations removed stay in their places, as outlines</source>
        <translation>Filter und Blöcke, die frühere Iterationen entfernten, bleiben als Umrisse an ihrem Platz</translation>
    </message>
    <message>
        <source>From top to &amp;bottom</source>
        <translation>Von oben nach &amp;unten</translation>
    </message>
    <message>
        <source>The network runs downwards, not to the right</source>
        <translation>Das Netz verläuft nach unten statt nach rechts</translation>
    </message>
    <message>
        <source>&amp;Overview</source>
        <translation>&amp;Übersicht</translation>
    </message>
    <message>
        <source>The whole network in a corner, while only a part is in sight</source>
        <translation>Das ganze Netz in einer Ecke, solange nur ein Teil zu sehen ist</translation>
    </message>
    <message>
        <source>&amp;Fold all blocks</source>
        <translation>Alle Blöcke &amp;zuklappen</translation>
    </message>
    <message>
        <source>&amp;Unfold all blocks</source>
        <translation>Alle Blöcke &amp;aufklappen</translation>
    </message>
    <message>
        <source>&amp;Export picture…</source>
        <translation>Bild &amp;exportieren …</translation>
    </message>
    <message>
        <source>Export Picture</source>
        <translation>Bild exportieren</translation>
    </message>
    <message>
        <source>PNG picture (*.png);;SVG drawing (*.svg)</source>
        <translation>PNG-Bild (*.png);;SVG-Zeichnung (*.svg)</translation>
    </message>
    <message>
        <source>%1 MACs · %2 parameters</source>
        <translation>%1 MACs · %2 Parameter</translation>
    </message>
    <message>
        <source>being measured…</source>
        <translation>wird gemessen …</translation>
    </message>
    <message>
        <source>measured when the work is done</source>
        <translation>wird nach der laufenden Arbeit gemessen</translation>
    </message>
    <message>
        <source>not measured</source>
        <translation>nicht gemessen</translation>
    </message>
</context>
<context>
    <name>espalier::ui::Operations</name>
    <message>
        <source>, depthwise</source>
        <translation>, tiefenweise</translation>
    </message>
    <message>
        <source>, %1 groups</source>
        <translation>, %1 Gruppen</translation>
    </message>
    <message>
        <source>Head %1 of %2</source>
        <translation>Kopf %1 von %2</translation>
    </message>
    <message>
        <source>Neuron %1 of %2</source>
        <translation>Neuron %1 von %2</translation>
    </message>
    <message>
        <source>Filter %1 of %2</source>
        <translation>Filter %1 von %2</translation>
    </message>
    <message>
        <source>%1 more</source>
        <translation>%1 weitere</translation>
    </message>
    <message>
        <source>Goes alone.</source>
        <translation>Geht allein.</translation>
    </message>
    <message>
        <source>Goes with its like in %1</source>
        <translation>Geht mit seinesgleichen in %1</translation>
    </message>
    <message>
        <source>Global pool</source>
        <translation>Globales Pooling</translation>
    </message>
    <message>
        <source>AvgPool to %1</source>
        <translation>AvgPool auf %1</translation>
    </message>
    <message>
        <source>with bias</source>
        <translation>mit Bias</translation>
    </message>
    <message>
        <source>no bias</source>
        <translation>ohne Bias</translation>
    </message>
    <message>
        <source>kernel %1, stride %2, padding %3</source>
        <translation>Kern %1, Schritt %2, Rand %3</translation>
    </message>
    <message>
        <source>dilation %1</source>
        <translation>Dilatation %1</translation>
    </message>
    <message>
        <source>%1 groups</source>
        <translation>%1 Gruppen</translation>
    </message>
    <message>
        <source>epsilon %1</source>
        <translation>Epsilon %1</translation>
    </message>
    <message>
        <source>%1 groups, epsilon %2</source>
        <translation>%1 Gruppen, Epsilon %2</translation>
    </message>
    <message>
        <source>along dimension %1</source>
        <translation>entlang der Dimension %1</translation>
    </message>
</context>
<context>
    <name>espalier::ui::PaintedNames</name>
    <message>
        <source>nothing</source>
        <translation>nichts</translation>
    </message>
    <message>
        <source>MACs</source>
        <translation>MACs</translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation>Parameter</translation>
    </message>
    <message>
        <source>Mean score</source>
        <translation>Mittlere Bewertung</translation>
    </message>
    <message>
        <source>1 − CKA without it</source>
        <translation>1 − CKA ohne sie</translation>
    </message>
    <message>
        <source>Latency</source>
        <translation>Latenz</translation>
    </message>
</context>
<context>
    <name>espalier::ui::PathEdit</name>
    <message>
        <source>Browse…</source>
        <translation>Durchsuchen …</translation>
    </message>
    <message>
        <source>Browse: %1</source>
        <translation>Durchsuchen: %1</translation>
    </message>
</context>
<context>
    <name>espalier::ui::Picture</name>
    <message>
        <source>Stage %1</source>
        <translation>Stufe %1</translation>
    </message>
    <message>
        <source>%1, %2 residual blocks</source>
        <translation>%1, %2 Residualblöcke</translation>
    </message>
    <message>
        <source>Double-click to fold</source>
        <translation>Doppelklick klappt zu</translation>
    </message>
</context>
<context>
    <name>espalier::ui::PictureExport</name>
    <message>
        <source>Cannot write %1. Choose a folder you may write to, with room left.</source>
        <translation>%1 lässt sich nicht schreiben. Wählen Sie einen Ordner mit Schreibrecht und freiem Platz.</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>Netz</translation>
    </message>
    <message>
        <source>There is no network in the picture. Open one first.</source>
        <translation>Im Bild ist kein Netz. Öffnen Sie zuerst eines.</translation>
    </message>
    <message>
        <source>%1 is no picture that can be written. Name it .png or .svg.</source>
        <translation>%1 ist kein Bild, das geschrieben werden kann. Nennen Sie es .png oder .svg.</translation>
    </message>
</context>
<context>
    <name>espalier::ui::PlotTools</name>
    <message>
        <source>Show Everything</source>
        <translation>Alles zeigen</translation>
    </message>
    <message>
        <source>Export as PNG…</source>
        <translation>Als PNG exportieren …</translation>
    </message>
    <message>
        <source>Export as PDF…</source>
        <translation>Als PDF exportieren …</translation>
    </message>
    <message>
        <source>Export as CSV…</source>
        <translation>Als CSV exportieren …</translation>
    </message>
    <message>
        <source>Export Curve</source>
        <translation>Kurve exportieren</translation>
    </message>
    <message>
        <source>&apos;%1&apos; could not be written; check the folder and its permissions.</source>
        <translation>„%1“ konnte nicht geschrieben werden; prüfen Sie den Ordner und seine Rechte.</translation>
    </message>
</context>
<context>
    <name>espalier::ui::PrecisionEdit</name>
    <message>
        <source>float32: exact</source>
        <translation>float32: genau</translation>
    </message>
    <message>
        <source>tf32: quicker, on CUDA devices only</source>
        <translation>tf32: schneller, nur auf CUDA-Geräten</translation>
    </message>
    <message>
        <source>bfloat16: automatic mixed precision</source>
        <translation>bfloat16: automatisch gemischte Genauigkeit</translation>
    </message>
    <message>
        <source>Precision</source>
        <translation>Genauigkeit</translation>
    </message>
    <message>
        <source>What networks are fine-tuned and evaluated in. Weights, scores and CKA stay float32 or better.</source>
        <translation>Womit Netze nachtrainiert und ausgewertet werden. Gewichte, Bewertungen und CKA bleiben float32 oder genauer.</translation>
    </message>
</context>
<context>
    <name>espalier::ui::PreferencesDialog</name>
    <message>
        <source>Preferences</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Restore De&amp;faults</source>
        <translation>&amp;Zurücksetzen</translation>
    </message>
    <message>
        <source>Threads</source>
        <translation>Threads</translation>
    </message>
    <message>
        <source>one per core</source>
        <translation>einer je Kern</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>Farben</translation>
    </message>
    <message>
        <source>as the system</source>
        <translation>wie das System</translation>
    </message>
    <message>
        <source>light</source>
        <translation>hell</translation>
    </message>
    <message>
        <source>dark</source>
        <translation>dunkel</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Sprache</translation>
    </message>
    <message>
        <source>Number of recent files</source>
        <translation>Zahl der zuletzt geöffneten Dateien</translation>
    </message>
    <message>
        <source>&amp;Device of new sessions</source>
        <translation>&amp;Gerät neuer Sitzungen</translation>
    </message>
    <message>
        <source>&amp;Threads of new sessions</source>
        <translation>&amp;Threads neuer Sitzungen</translation>
    </message>
    <message>
        <source>The&amp;me</source>
        <translation>&amp;Farben</translation>
    </message>
    <message>
        <source>&amp;Language</source>
        <translation>&amp;Sprache</translation>
    </message>
    <message>
        <source>&amp;Recent files listed</source>
        <translation>Gezeigte letzte &amp;Dateien</translation>
    </message>
    <message>
        <source>The language changes when Espalier is started again.</source>
        <translation>Die Sprache wechselt, wenn Espalier neu gestartet wird.</translation>
    </message>
    <message>
        <source>&amp;Precision of new sessions</source>
        <translation>Ge&amp;nauigkeit neuer Sitzungen</translation>
    </message>
</context>
<context>
    <name>espalier::ui::ProjectFlow</name>
    <message>
        <source>Going on with the session %1. To begin anew, move that file away.</source>
        <translation>Es geht mit der Sitzung %1 weiter. Um neu zu beginnen, legen Sie diese Datei woanders hin.</translation>
    </message>
    <message numerus="yes">
        <source>%n files were dropped. Drop one: a model, a session or an experiment.</source>
        <translation>
            <numerusform>%n Datei wurde abgelegt. Legen Sie eine ab: ein Modell, eine Sitzung oder ein Experiment.</numerusform>
            <numerusform>%n Dateien wurden abgelegt. Legen Sie eine ab: ein Modell, eine Sitzung oder ein Experiment.</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 is a folder. Drop a model, a session or an experiment; a folder of images is chosen in a new session.</source>
        <translation>%1 ist ein Ordner. Legen Sie ein Modell, eine Sitzung oder ein Experiment ab; ein Ordner mit Bildern wird in einer neuen Sitzung gewählt.</translation>
    </message>
    <message>
        <source>New Session…</source>
        <translation>Neue Sitzung …</translation>
    </message>
    <message>
        <source>Open Model</source>
        <translation>Modell öffnen</translation>
    </message>
    <message>
        <source>Models (*.pt *.pth *.ts *.pt2 *.onnx *.safetensors *.th);;All files (*)</source>
        <translation>Modelle (*.pt *.pth *.ts *.pt2 *.onnx *.safetensors *.th);;Alle Dateien (*)</translation>
    </message>
    <message>
        <source>Open Session</source>
        <translation>Sitzung öffnen</translation>
    </message>
    <message>
        <source>Sessions and experiments (*.espalier *.yaml *.yml);;All files (*)</source>
        <translation>Sitzungen und Experimente (*.espalier *.yaml *.yml);;Alle Dateien (*)</translation>
    </message>
    <message>
        <source>Espalier ended while it worked on %1. What was finished, to the epoch, is kept.</source>
        <translation>Espalier endete, während es an %1 arbeitete. Was fertig war, ist erhalten, bis auf die Epoche.</translation>
    </message>
    <message>
        <source>Open and Run On</source>
        <translation>Öffnen und weiterlaufen</translation>
    </message>
    <message>
        <source>Open Another</source>
        <translation>Andere öffnen</translation>
    </message>
    <message>
        <source>Work is going on. Stop it and open another?</source>
        <translation>Es wird gearbeitet. Anhalten und eine andere öffnen?</translation>
    </message>
    <message>
        <source>Stop and Open</source>
        <translation>Anhalten und öffnen</translation>
    </message>
    <message>
        <source>The session file %1 was deleted or moved. Nothing more can be kept in it: put it back, or export the network.</source>
        <translation>Die Sitzungsdatei %1 wurde gelöscht oder verschoben. Darin kann nichts mehr festgehalten werden: Legen Sie sie zurück oder exportieren Sie das Netz.</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>Exportieren …</translation>
    </message>
    <message>
        <source>Open Another…</source>
        <translation>Andere öffnen …</translation>
    </message>
    <message>
        <source>Change Settings…</source>
        <translation>Einstellungen ändern …</translation>
    </message>
    <message>
        <source>Export Elsewhere…</source>
        <translation>Anderswohin exportieren …</translation>
    </message>
</context>
<context>
    <name>espalier::ui::RecentFiles</name>
    <message>
        <source>Open &amp;Recent</source>
        <translation>&amp;Zuletzt geöffnet</translation>
    </message>
    <message>
        <source>%1 is not there any more</source>
        <translation>%1 ist nicht mehr da</translation>
    </message>
    <message>
        <source>Nothing was opened yet</source>
        <translation>Noch nichts geöffnet</translation>
    </message>
    <message>
        <source>&amp;Clear the List</source>
        <translation>&amp;Liste leeren</translation>
    </message>
</context>
<context>
    <name>espalier::ui::SettingsPage</name>
    <message>
        <source>L1 norm of the weights: quick</source>
        <translation>L1-Norm der Gewichte: schnell</translation>
    </message>
    <message>
        <source>L2 norm of the weights: quick</source>
        <translation>L2-Norm der Gewichte: schnell</translation>
    </message>
    <message>
        <source>KL divergence of the outputs: slow, the paper&apos;s</source>
        <translation>KL-Divergenz der Ausgänge: langsam, die des Aufsatzes</translation>
    </message>
    <message>
        <source>random (a control)</source>
        <translation>Zufall (zur Kontrolle)</translation>
    </message>
    <message>
        <source>Session file</source>
        <translation>Sitzungsdatei</translation>
    </message>
    <message>
        <source>Sessions (*.espalier)</source>
        <translation>Sitzungen (*.espalier)</translation>
    </message>
    <message>
        <source>Preset</source>
        <translation>Voreinstellung</translation>
    </message>
    <message>
        <source>quick: minutes on a CPU</source>
        <translation>quick: Minuten auf einer CPU</translation>
    </message>
    <message>
        <source>paper: the authors&apos; settings, hours on a GPU</source>
        <translation>paper: die Einstellungen der Autoren, Stunden auf einer GPU</translation>
    </message>
    <message>
        <source>Criterion</source>
        <translation>Kriterium</translation>
    </message>
    <message>
        <source>Epochs for each candidate before the choice</source>
        <translation>Epochen für jeden Kandidaten vor der Wahl</translation>
    </message>
    <message>
        <source>Epochs for the chosen candidate</source>
        <translation>Epochen für den gewählten Kandidaten</translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation>Lernrate</translation>
    </message>
    <message>
        <source>Threads</source>
        <translation>Threads</translation>
    </message>
    <message>
        <source>one per core</source>
        <translation>einer je Kern</translation>
    </message>
    <message>
        <source>&amp;Preset</source>
        <translation>&amp;Voreinstellung</translation>
    </message>
    <message>
        <source>C&amp;riterion</source>
        <translation>&amp;Kriterium</translation>
    </message>
    <message>
        <source>Epochs be&amp;fore the choice</source>
        <translation>Epochen vo&amp;r der Wahl</translation>
    </message>
    <message>
        <source>&amp;Epochs after it</source>
        <translation>&amp;Epochen danach</translation>
    </message>
    <message>
        <source>&amp;Learning rate</source>
        <translation>&amp;Lernrate</translation>
    </message>
    <message>
        <source>&amp;Device</source>
        <translation>&amp;Gerät</translation>
    </message>
    <message>
        <source>&amp;Threads</source>
        <translation>&amp;Threads</translation>
    </message>
    <message>
        <source>&amp;Session file</source>
        <translation>&amp;Sitzungsdatei</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>How candidates are scored and fine-tuned, and where the session is kept.</source>
        <translation>Wie Kandidaten bewertet und feinabgestimmt werden und wo die Sitzung liegt.</translation>
    </message>
    <message>
        <source>Choose where the session is kept.</source>
        <translation>Wählen Sie, wo die Sitzung liegt.</translation>
    </message>
    <message>
        <source>%1 exists already; open that session, or choose another name.</source>
        <translation>%1 gibt es schon; öffnen Sie diese Sitzung oder wählen Sie einen anderen Namen.</translation>
    </message>
    <message>
        <source>There is no folder %1.</source>
        <translation>Es gibt keinen Ordner %1.</translation>
    </message>
    <message>
        <source>Prec&amp;ision</source>
        <translation>Ge&amp;nauigkeit</translation>
    </message>
</context>
<context>
    <name>espalier::ui::ShortcutsWindow</name>
    <message>
        <source>Keyboard Shortcuts</source>
        <translation>Tastenkürzel</translation>
    </message>
    <message>
        <source>Action</source>
        <translation>Aktion</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Tasten</translation>
    </message>
    <message>
        <source>What it does</source>
        <translation>Was sie tut</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
</context>
<context>
    <name>espalier::ui::TargetPage</name>
    <message>
        <source>End after &amp;iterations:</source>
        <translation>Enden nach &amp;Iterationen:</translation>
    </message>
    <message>
        <source>Keep &amp;accuracy above:</source>
        <translation>&amp;Genauigkeit halten über:</translation>
    </message>
    <message>
        <source>&amp;Target</source>
        <translation>Zie&amp;l</translation>
    </message>
    <message>
        <source>What &amp;may go</source>
        <translation>Was gehen &amp;darf</translation>
    </message>
    <message>
        <source>Target: percent of the MACs to remove</source>
        <translation>Ziel: Prozent der zu entfernenden MACs</translation>
    </message>
    <message>
        <source> % of the MACs removed</source>
        <translation> % der MACs entfernt</translation>
    </message>
    <message>
        <source>Iterations at most</source>
        <translation>Höchstzahl der Iterationen</translation>
    </message>
    <message>
        <source>A run ends, and goes one step back, when accuracy on the held-out images falls below</source>
        <translation>Ein Lauf endet und geht einen Schritt zurück, wenn die Genauigkeit auf den zurückgehaltenen Bildern darunter fällt</translation>
    </message>
    <message>
        <source>Accuracy to keep, percent</source>
        <translation>Zu haltende Genauigkeit in Prozent</translation>
    </message>
    <message>
        <source>What may go</source>
        <translation>Was gehen darf</translation>
    </message>
    <message>
        <source>layers or filters, whichever changes the network less</source>
        <translation>Schichten oder Filter, was das Netz weniger ändert</translation>
    </message>
    <message>
        <source>layers only</source>
        <translation>nur Schichten</translation>
    </message>
    <message>
        <source>filters, heads and neurons only</source>
        <translation>nur Filter, Köpfe und Neuronen</translation>
    </message>
    <message>
        <source>layers or filters, by the toss of a coin (a control)</source>
        <translation>Schichten oder Filter, per Münzwurf (zur Kontrolle)</translation>
    </message>
    <message>
        <source>What makes candidates equally large</source>
        <translation>Was Kandidaten gleich groß macht</translation>
    </message>
    <message>
        <source>As many filters go as the layer has, or as much computing, or as many parameters</source>
        <translation>Es gehen so viele Filter, wie die Schicht hat, oder so viel Rechnung, oder so viele Parameter</translation>
    </message>
    <message>
        <source>the same number of filters, as in the paper</source>
        <translation>gleich viele Filter, wie im Aufsatz</translation>
    </message>
    <message>
        <source>the same MACs</source>
        <translation>gleich viele MACs</translation>
    </message>
    <message>
        <source>the same parameters</source>
        <translation>gleich viele Parameter</translation>
    </message>
    <message>
        <source>Target</source>
        <translation>Ziel</translation>
    </message>
    <message>
        <source>A run goes on until so much is removed. The target can be changed at any time, and every step can also be taken by hand.</source>
        <translation>Ein Lauf geht, bis so viel entfernt ist. Das Ziel kann jederzeit geändert, jeder Schritt auch von Hand getan werden.</translation>
    </message>
    <message>
        <source>Of %1 MACs at most %2 stay.</source>
        <translation>Von %1 MACs bleiben höchstens %2.</translation>
    </message>
    <message>
        <source>&amp;Compare at equal</source>
        <translation>Verglei&amp;chen bei gleichen</translation>
    </message>
</context>
<context>
    <name>espalier::ui::TargetWidget</name>
    <message>
        <source> % of MACs</source>
        <translation> % der MACs</translation>
    </message>
    <message>
        <source>Target: percent of the dense network&apos;s MACs to remove</source>
        <translation>Ziel: Prozent der MACs des unbeschnittenen Netzes, die gehen</translation>
    </message>
    <message>
        <source>MACs removed so far</source>
        <translation>Bisher entfernte MACs</translation>
    </message>
    <message>
        <source>Tar&amp;get</source>
        <translation>&amp;Ziel</translation>
    </message>
    <message>
        <source>%1 removed</source>
        <translation>%1 entfernt</translation>
    </message>
</context>
<context>
    <name>espalier::ui::WeightHistogram</name>
    <message>
        <source>Histogram of the weights</source>
        <translation>Histogramm der Gewichte</translation>
    </message>
    <message>
        <source>Weights from %1 to %2; the line is at zero</source>
        <translation>Gewichte von %1 bis %2; die Linie steht bei null</translation>
    </message>
</context>
<context>
    <name>espalier::ui::Words</name>
    <message>
        <source>Every candidate of the current network (accuracy %1 on %2 images).</source>
        <translation>Alle Kandidaten des aktuellen Netzes (Genauigkeit %1 auf %2 Bildern).</translation>
    </message>
    <message>
        <source> Select one to see what goes, and prune it; or let the engine propose.</source>
        <translation> Wählen Sie einen aus, um zu sehen, was geht, und beschneiden Sie ihn; oder lassen Sie einen vorschlagen.</translation>
    </message>
    <message>
        <source>Contest after iteration %1</source>
        <translation>Wettbewerb nach Iteration %1</translation>
    </message>
    <message>
        <source>: %1.</source>
        <translation>: %1.</translation>
    </message>
    <message>
        <source> Prune another one to branch off here.</source>
        <translation> Beschneiden Sie einen anderen, um hier abzuzweigen.</translation>
    </message>
    <message>
        <source>You chose %1 (%2).</source>
        <translation>Sie haben %1 gewählt (%2).</translation>
    </message>
    <message>
        <source>The engine chose %1: %2.</source>
        <translation>Gewählt wurde %1: %2.</translation>
    </message>
    <message>
        <source> Fine-tune, or prune another one instead.</source>
        <translation> Stimmen Sie ihn fein ab, oder beschneiden Sie stattdessen einen anderen.</translation>
    </message>
    <message>
        <source>The contest was interrupted. Fine-tune goes on with it; or prune one of these without waiting for it.</source>
        <translation>Der Wettbewerb wurde unterbrochen. Feinabstimmen setzt ihn fort; oder schneiden Sie einen von diesen, ohne auf ihn zu warten.</translation>
    </message>
    <message>
        <source>The candidates are fine-tuned briefly, then compared with the network they were cut from.</source>
        <translation>Die Kandidaten werden kurz feinabgestimmt und dann mit dem Netz verglichen, aus dem sie geschnitten sind.</translation>
    </message>
    <message>
        <source>1 head</source>
        <translation>1 Kopf</translation>
    </message>
    <message>
        <source>%1 heads</source>
        <translation>%1 Köpfe</translation>
    </message>
    <message>
        <source>1 neuron</source>
        <translation>1 Neuron</translation>
    </message>
    <message>
        <source>%1 neurons</source>
        <translation>%1 Neuronen</translation>
    </message>
    <message>
        <source>1 filter</source>
        <translation>1 Filter</translation>
    </message>
    <message>
        <source>%1 filters</source>
        <translation>%1 Filter</translation>
    </message>
    <message>
        <source>Propose the next cut, or score every candidate there is.</source>
        <translation>Lassen Sie den nächsten Schnitt vorschlagen, oder bewerten Sie alle Kandidaten.</translation>
    </message>
    <message>
        <source>The candidates of a session&apos;s next cut are listed here.</source>
        <translation>Hier stehen die Kandidaten für den nächsten Schnitt einer Sitzung.</translation>
    </message>
    <message>
        <source>Iteration %1: without %2 the network has %3 validation accuracy</source>
        <translation>Iteration %1: Ohne %2 hat das Netz %3 Validierungsgenauigkeit</translation>
    </message>
    <message>
        <source> (%1 when it was dense)</source>
        <translation> (%1 unbeschnitten)</translation>
    </message>
    <message>
        <source> and %1 of the MACs less. Go on from it, or Undo takes it back.</source>
        <translation> und %1 der MACs weniger. Machen Sie dort weiter; Rückgängig nimmt es zurück.</translation>
    </message>
    <message>
        <source> It is a near-tie: within the interval of %1.</source>
        <translation> Es ist fast gleich: im Intervall von %1.</translation>
    </message>
</context>
<context>
    <name>espalier::ui::WorkStatus</name>
    <message>
        <source>Opening the model</source>
        <translation>Modell öffnen</translation>
    </message>
    <message>
        <source>Checking the experiment</source>
        <translation>Experiment prüfen</translation>
    </message>
    <message>
        <source>Creating the session</source>
        <translation>Sitzung anlegen</translation>
    </message>
    <message>
        <source>Opening the session</source>
        <translation>Sitzung öffnen</translation>
    </message>
    <message>
        <source>Scoring candidates</source>
        <translation>Kandidaten bewerten</translation>
    </message>
    <message>
        <source>Comparing layers</source>
        <translation>Schichten vergleichen</translation>
    </message>
    <message>
        <source>Proposing candidates</source>
        <translation>Kandidaten vorschlagen</translation>
    </message>
    <message>
        <source>Choosing by hand</source>
        <translation>Von Hand wählen</translation>
    </message>
    <message>
        <source>One iteration</source>
        <translation>Eine Iteration</translation>
    </message>
    <message>
        <source>Running to the target</source>
        <translation>Lauf zum Ziel</translation>
    </message>
    <message>
        <source>Undoing</source>
        <translation>Rückgängig machen</translation>
    </message>
    <message>
        <source>Going to another network</source>
        <translation>Zu einem anderen Netz gehen</translation>
    </message>
    <message>
        <source>Setting locks</source>
        <translation>Sperren setzen</translation>
    </message>
    <message>
        <source>Setting the target</source>
        <translation>Ziel setzen</translation>
    </message>
    <message>
        <source>Exporting</source>
        <translation>Exportieren</translation>
    </message>
    <message>
        <source>Progress of the current work</source>
        <translation>Fortschritt der laufenden Arbeit</translation>
    </message>
    <message>
        <source>The device the networks run on</source>
        <translation>Das Gerät, auf dem die Netze laufen</translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>Bereit</translation>
    </message>
    <message>
        <source>%1 (stopping)</source>
        <translation>%1 (hält an)</translation>
    </message>
    <message>
        <source>%1 (paused)</source>
        <translation>%1 (Pause)</translation>
    </message>
    <message>
        <source>%1 %2/s</source>
        <translation>%1 %2/s</translation>
    </message>
    <message>
        <source>%1 left</source>
        <translation>noch %1</translation>
    </message>
    <message>
        <source>Loading a network</source>
        <translation>Ein Netz wird geladen</translation>
    </message>
    <message>
        <source>Ready; Fine-Tune goes on with the proposal</source>
        <translation>Bereit; Feinabstimmen macht mit dem Vorschlag weiter</translation>
    </message>
    <message>
        <source>Ready; an iteration was interrupted, Fine-Tune continues it</source>
        <translation>Bereit; eine Iteration wurde unterbrochen, Feinabstimmen setzt sie fort</translation>
    </message>
    <message>
        <source>Timing the layers</source>
        <translation>Schichten messen</translation>
    </message>
</context>
<context>
    <name>main</name>
    <message>
        <source>Prunes a trained neural network, in a window.</source>
        <translation>Beschneidet ein trainiertes neuronales Netz, in einem Fenster.</translation>
    </message>
    <message>
        <source>A model, a session (.espalier) or an experiment (.yaml).</source>
        <translation>Ein Modell, eine Sitzung (.espalier) oder ein Experiment (.yaml).</translation>
    </message>
    <message>
        <source>Run the session or the experiment to its target at once.</source>
        <translation>Die Sitzung oder das Experiment sofort bis zum Ziel laufen lassen.</translation>
    </message>
    <message>
        <source>Keep the experiment&apos;s session in FILE, not beside it.</source>
        <translation>Die Sitzung des Experiments in FILE halten, nicht daneben.</translation>
    </message>
</context>
</TS>
