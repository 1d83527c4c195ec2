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
        <translation>Die Datei nennt die Größe der Eingabe nicht; {1} wurde angenommen. Ist das falsch, geben Sie die Eingangsform an.</translation>
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
        <translation>Vergleich der Schichten</translation>
    </message>
    <message>
        <source>comparing candidates</source>
        <translation>Vergleich der Kandidaten</translation>
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
        <translation>das unbeschnittene Netz</translation>
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
    <message>
        <source>&apos;{1}&apos; is not a device; give auto, cpu, cuda or cuda:N.</source>
        <translation>&apos;{1}&apos; ist kein Gerät; geben Sie auto, cpu, cuda oder cuda:N an.</translation>
    </message>
    <message>
        <source>&apos;{1}&apos; is not a precision; known are float32, tf32 and bfloat16.</source>
        <translation>&apos;{1}&apos; ist keine Genauigkeit; bekannt sind float32, tf32 und bfloat16.</translation>
    </message>
    <message>
        <source>Stopped.</source>
        <translation>Angehalten.</translation>
    </message>
    <message>
        <source>There are no images to run the network on.</source>
        <translation>Es gibt keine Bilder, auf denen das Netz laufen könnte.</translation>
    </message>
    <message>
        <source>running the network without its parts</source>
        <translation>Ausführen des Netzes ohne seine Teile</translation>
    </message>
    <message>
        <source>There is no removable layer &apos;{1}&apos;.</source>
        <translation>Es gibt keine entfernbare Schicht &apos;{1}&apos;.</translation>
    </message>
    <message>
        <source>There is no group of filters &apos;{1}&apos;.</source>
        <translation>Es gibt keine Filtergruppe &apos;{1}&apos;.</translation>
    </message>
    <message>
        <source>ranking by weight norms</source>
        <translation>Ordnen nach den Normen der Gewichte</translation>
    </message>
    <message>
        <source>&apos;{1}&apos; is not a criterion; give l1, l2, random or kl.</source>
        <translation>&apos;{1}&apos; ist kein Kriterium; geben Sie l1, l2, random oder kl an.</translation>
    </message>
    <message>
        <source>This criterion is not known.</source>
        <translation>Dieses Kriterium ist nicht bekannt.</translation>
    </message>
    <message>
        <source>The network&apos;s outputs are not finite numbers, so KL cannot rank its parts; check its weights, or rank by l1.</source>
        <translation>Die Ausgaben des Netzes sind keine endlichen Zahlen, daher kann KL seine Teile nicht ordnen; prüfen Sie seine Gewichte oder ordnen Sie nach l1.</translation>
    </message>
    <message>
        <source>&apos;{1}&apos; cannot be read: {2}.</source>
        <translation>&apos;{1}&apos; kann nicht gelesen werden: {2}.</translation>
    </message>
    <message>
        <source>&apos;{1}&apos; has {2} bytes, which is no multiple of the {3} bytes of an image in the binary version of {4}; it is truncated or another file.</source>
        <translation>&apos;{1}&apos; hat {2} Bytes, was kein Vielfaches der {3} Bytes eines Bildes in der binären Fassung von {4} ist; die Datei ist abgeschnitten oder eine andere.</translation>
    </message>
    <message>
        <source>&apos;{1}&apos;: image {2} has the coarse label {3}, but those of {4} are 0 to {5}; the file is damaged or another one.</source>
        <translation>&apos;{1}&apos;: Bild {2} hat das grobe Label {3}, die von {4} sind aber 0 bis {5}; die Datei ist beschädigt oder eine andere.</translation>
    </message>
    <message>
        <source>&apos;{1}&apos;: image {2} has the label {3}, but those of {4} are 0 to {5}; the file is damaged or another one.</source>
        <translation>&apos;{1}&apos;: Bild {2} hat das Label {3}, die von {4} sind aber 0 bis {5}; die Datei ist beschädigt oder eine andere.</translation>
    </message>
    <message>
        <source>&apos;{1}&apos; does not exist; give the folder of the binary version of {2}.</source>
        <translation>&apos;{1}&apos; existiert nicht; geben Sie den Ordner der binären Fassung von {2} an.</translation>
    </message>
    <message>
        <source>There is no file &apos;{1}&apos;; classes are a list of outputs, names with outputs, or a text file.</source>
        <translation>Es gibt keine Datei &apos;{1}&apos;; Klassen sind eine Liste von Ausgängen, Namen mit Ausgängen oder eine Textdatei.</translation>
    </message>
    <message>
        <source>&apos;{1}&apos; is no text file of class names.</source>
        <translation>&apos;{1}&apos; ist keine Textdatei mit Klassennamen.</translation>
    </message>
    <message>
        <source>&apos;{1}&apos; cannot be read.</source>
        <translation>&apos;{1}&apos; lässt sich nicht lesen.</translation>
    </message>
    <message>
        <source>The class map gives no output for the class &apos;{1}&apos;; add it.</source>
        <translation>Die Klassenzuordnung nennt keinen Ausgang für die Klasse &apos;{1}&apos;; ergänzen Sie ihn.</translation>
    </message>
    <message>
        <source>&apos;{1}&apos; gives no output for the class &apos;{2}&apos;; add it.</source>
        <translation>&apos;{1}&apos; nennt keinen Ausgang für die Klasse &apos;{2}&apos;; ergänzen Sie ihn.</translation>
    </message>
    <message>
        <source>The class map lists {1} outputs, but the data has {2} classes; give one each, in the order of the classes&apos; names.</source>
        <translation>Die Klassenzuordnung führt {1} Ausgänge auf, die Daten haben aber {2} Klassen; geben Sie je einen an, in der Reihenfolge der Klassennamen.</translation>
    </message>
    <message>
        <source>The class map names &apos;{1}&apos;, which is no class of the data; correct or remove it.</source>
        <translation>Die Klassenzuordnung nennt &apos;{1}&apos;, was keine Klasse der Daten ist; berichtigen oder entfernen Sie es.</translation>
    </message>
    <message>
        <source>Classes are outputs such as 0,217,482, names with outputs such as cat=3,dog=5, or a text file.</source>
        <translation>Klassen sind Ausgänge wie 0,217,482, Namen mit Ausgängen wie cat=3,dog=5 oder eine Textdatei.</translation>
    </message>
    <message>
        <source>The class map holds a negative output; outputs count from 0.</source>
        <translation>Die Klassenzuordnung enthält einen negativen Ausgang; Ausgänge zählen ab 0.</translation>
    </message>
    <message>
        <source>&apos;{1}&apos; is not a data set; give cifar10:DIR, cifar100:DIR, idx:DIR, folder:DIR or npy:DIR.</source>
        <translation>&apos;{1}&apos; ist kein Datensatz; geben Sie cifar10:DIR, cifar100:DIR, idx:DIR, folder:DIR oder npy:DIR an.</translation>
    </message>
    <message>
        <source>The normalisation has {1} means and {2} deviations, but the images of {3} have 1 channel; give one of each per channel.</source>
        <translation>Die Normalisierung hat {1} Mittelwerte und {2} Abweichungen, die Bilder von {3} haben aber 1 Kanal; geben Sie je Kanal einen Mittelwert und eine Abweichung an.</translation>
    </message>
    <message>
        <source>The normalisation has {1} means and {2} deviations, but the images of {3} have {4} channels; give one of each per channel.</source>
        <translation>Die Normalisierung hat {1} Mittelwerte und {2} Abweichungen, die Bilder von {3} haben aber {4} Kanäle; geben Sie je Kanal einen Mittelwert und eine Abweichung an.</translation>
    </message>
    <message>
        <source>The normalisation needs finite means and deviations above 0.</source>
        <translation>Die Normalisierung braucht endliche Mittelwerte und Abweichungen über 0.</translation>
    </message>
    <message>
        <source>{1} has no training pictures to take the mean image of; give a mean and a deviation.</source>
        <translation>{1} hat keine Trainingsbilder, aus denen das mittlere Bild zu bilden wäre; geben Sie Mittelwert und Abweichung an.</translation>
    </message>
    <message>
        <source>preparing {1}</source>
        <translation>Vorbereiten von {1}</translation>
    </message>
    <message>
        <source>The network takes images of {1}, but those of {2} are {3}; give a data set that fits the network.</source>
        <translation>Das Netz nimmt Bilder von {1}, die von {2} haben aber {3}; geben Sie einen Datensatz an, der zum Netz passt.</translation>
    </message>
    <message>
        <source>The network takes images of {1}, but those of {2} are {3}; give a data set that fits the network, or have its images resized to that (--resize {4}, or the key &apos;resize: {4}&apos;).</source>
        <translation>Das Netz nimmt Bilder von {1}, die von {2} haben aber {3}; geben Sie einen Datensatz an, der zum Netz passt, oder lassen Sie seine Bilder auf diese Größe bringen (--resize {4} oder der Schlüssel &apos;resize: {4}&apos;).</translation>
    </message>
    <message>
        <source>The network&apos;s output is {1}, but {2} has {3} classes; give a data set that fits the network.</source>
        <translation>Die Ausgabe des Netzes ist {1}, {2} hat aber {3} Klassen; geben Sie einen Datensatz an, der zum Netz passt.</translation>
    </message>
    <message>
        <source>The network&apos;s output is {1}, but {2}&apos;s class map goes up to output {3}; give a data set that fits the network.</source>
        <translation>Die Ausgabe des Netzes ist {1}, die Klassenzuordnung von {2} reicht aber bis Ausgang {3}; geben Sie einen Datensatz an, der zum Netz passt.</translation>
    </message>
    <message>
        <source>reading {1}</source>
        <translation>Lesen von {1}</translation>
    </message>
    <message>
        <source>&apos;{1}&apos; cannot be listed: {2}.</source>
        <translation>&apos;{1}&apos; kann nicht aufgelistet werden: {2}.</translation>
    </message>
    <message>
        <source>&apos;{1}&apos; holds more than {2} folders; give a folder of class folders.</source>
        <translation>&apos;{1}&apos; enthält mehr als {2} Ordner; geben Sie einen Ordner mit Klassenordnern an.</translation>
    </message>
    <message>
        <source>&apos;{1}&apos; is a class that the training pictures do not have; rename or remove it.</source>
        <translation>&apos;{1}&apos; ist eine Klasse, die es bei den Trainingsbildern nicht gibt; benennen Sie den Ordner um oder entfernen Sie ihn.</translation>
    </message>
    <message>
        <source>The class folder &apos;{1}&apos; is empty.</source>
        <translation>Der Klassenordner &apos;{1}&apos; ist leer.</translation>
    </message>
    <message>
        <source>&apos;{1}&apos; does not exist; give a folder of class folders.</source>
        <translation>&apos;{1}&apos; existiert nicht; geben Sie einen Ordner mit Klassenordnern an.</translation>
    </message>
    <message>
        <source>&apos;{1}&apos; is not a folder; give a folder of class folders.</source>
        <translation>&apos;{1}&apos; ist kein Ordner; geben Sie einen Ordner mit Klassenordnern an.</translation>
    </message>
    <message>
        <source>&apos;{1}&apos; holds no class folders; put the pictures of each class into a folder of the class&apos;s name.</source>
        <translation>&apos;{1}&apos; enthält keine Klassenordner; legen Sie die Bilder jeder Klasse in einen Ordner mit dem Namen der Klasse.</translation>
    </message>
    <message>
        <source>&apos;{1}&apos; holds no picture that can be read; give a folder of class folders with JPEG, PNG or WebP files.</source>
        <translation>&apos;{1}&apos; enthält kein Bild, das gelesen werden kann; geben Sie einen Ordner mit Klassenordnern an, in denen JPEG-, PNG- oder WebP-Dateien liegen.</translation>
    </message>
    <message>
        <source>&apos;{1}&apos; holds no picture that can be read; give a folder of class folders with JPEG, PNG or WebP files. The first file: {2}</source>
        <translation>&apos;{1}&apos; enthält kein Bild, das gelesen werden kann; geben Sie einen Ordner mit Klassenordnern an, in denen JPEG-, PNG- oder WebP-Dateien liegen. Die erste Datei: {2}</translation>
    </message>
    <message>
        <source>The pictures in &apos;{1}&apos; are of several sizes; say what the network takes, such as 3x224x224, with --input or the key &apos;input&apos;.</source>
        <translation>Die Bilder in &apos;{1}&apos; haben verschiedene Größen; geben Sie mit --input oder dem Schlüssel &apos;input&apos; an, was das Netz nimmt, etwa 3x224x224.</translation>
    </message>
    <message>
        <source>&apos;{1}&apos; (or .gz) does not exist; give the folder of an image set in MNIST&apos;s format.</source>
        <translation>&apos;{1}&apos; (oder .gz) existiert nicht; geben Sie den Ordner eines Datensatzes im Format von MNIST an.</translation>
    </message>
    <message>
        <source>&apos;{1}&apos; begins with the number {2} instead of {3}; it is no IDX file of labels.</source>
        <translation>&apos;{1}&apos; beginnt mit der Zahl {2} statt {3}; es ist keine IDX-Datei mit Labels.</translation>
    </message>
    <message>
        <source>&apos;{1}&apos; begins with the number {2} instead of {3}; it is no IDX file of grey images.</source>
        <translation>&apos;{1}&apos; beginnt mit der Zahl {2} statt {3}; es ist keine IDX-Datei mit Graustufenbildern.</translation>
    </message>
    <message>
        <source>&apos;{1}&apos; claims to hold {2} values; it is empty or damaged.</source>
        <translation>&apos;{1}&apos; soll {2} Werte enthalten; die Datei ist leer oder beschädigt.</translation>
    </message>
    <message>
        <source>&apos;{1}&apos; does not exist.</source>
        <translation>&apos;{1}&apos; existiert nicht.</translation>
    </message>
    <message>
        <source>&apos;{1}&apos; is not a file.</source>
        <translation>&apos;{1}&apos; ist keine Datei.</translation>
    </message>
    <message>
        <source>&apos;{1}&apos; cannot be opened: {2}.</source>
        <translation>&apos;{1}&apos; kann nicht geöffnet werden: {2}.</translation>
    </message>
    <message>
        <source>&apos;{1}&apos; is damaged ({2}); get it again.</source>
        <translation>&apos;{1}&apos; ist beschädigt ({2}); besorgen Sie die Datei noch einmal.</translation>
    </message>
    <message>
        <source>&apos;{1}&apos; is truncated: it ends where more data must follow.</source>
        <translation>&apos;{1}&apos; ist abgeschnitten: Die Datei endet, wo weitere Daten folgen müssen.</translation>
    </message>
    <message>
        <source>&apos;{1}&apos; is longer than its header says; it is not what its name says.</source>
        <translation>&apos;{1}&apos; ist länger, als der Dateikopf angibt; die Datei ist nicht, was ihr Name sagt.</translation>
    </message>
    <message>
        <source>is a damaged JPEG ({1})</source>
        <translation>ist ein beschädigtes JPEG ({1})</translation>
    </message>
    <message>
        <source>cannot be decoded: there is no memory left</source>
        <translation>kann nicht dekodiert werden: Der Speicher reicht nicht mehr</translation>
    </message>
    <message>
        <source>&apos;{1}&apos; holds {2} labels, but &apos;{3}&apos; {4} images; they do not belong together.</source>
        <translation>&apos;{1}&apos; enthält {2} Labels, &apos;{3}&apos; aber {4} Bilder; die Dateien gehören nicht zusammen.</translation>
    </message>
    <message>
        <source>&apos;{1}&apos; holds images of another size than &apos;{2}&apos;; they do not belong together.</source>
        <translation>&apos;{1}&apos; enthält Bilder anderer Größe als &apos;{2}&apos;; die Dateien gehören nicht zusammen.</translation>
    </message>
    <message>
        <source>&apos;{1}&apos; holds the label {2}, but those of the training images are 0 to {3}.</source>
        <translation>&apos;{1}&apos; enthält das Label {2}, die der Trainingsbilder sind aber 0 bis {3}.</translation>
    </message>
    <message>
        <source>&apos;{1}&apos; is no NumPy array; save one with numpy.save.</source>
        <translation>&apos;{1}&apos; ist kein NumPy-Array; speichern Sie eines mit numpy.save.</translation>
    </message>
    <message>
        <source>&apos;{1}&apos; is of version {2} of NumPy&apos;s format; versions 1 to 3 are read.</source>
        <translation>&apos;{1}&apos; hat Version {2} des NumPy-Formats; gelesen werden die Versionen 1 bis 3.</translation>
    </message>
    <message>
        <source>&apos;{1}&apos; has a damaged header; save it again with numpy.save.</source>
        <translation>Der Dateikopf von &apos;{1}&apos; ist beschädigt; speichern Sie die Datei noch einmal mit numpy.save.</translation>
    </message>
    <message>
        <source>&apos;{1}&apos; claims to hold {2} values, but has {3} bytes; it is empty, truncated or damaged.</source>
        <translation>&apos;{1}&apos; soll {2} Werte enthalten, hat aber {3} Bytes; die Datei ist leer, abgeschnitten oder beschädigt.</translation>
    </message>
    <message>
        <source>&apos;{1}&apos; holds values of the type &apos;{2}&apos;; save images as uint8 and labels as little-endian whole numbers.</source>
        <translation>&apos;{1}&apos; enthält Werte vom Typ &apos;{2}&apos;; speichern Sie Bilder als uint8 und Labels als ganze Zahlen in Little-Endian.</translation>
    </message>
    <message>
        <source>&apos;{1}&apos; is in Fortran order; save it in C order (numpy.ascontiguousarray).</source>
        <translation>&apos;{1}&apos; ist in Fortran-Ordnung; speichern Sie es in C-Ordnung (numpy.ascontiguousarray).</translation>
    </message>
    <message>
        <source>&apos;{1}&apos; does not hold bytes; save images as uint8, 0 to 255.</source>
        <translation>&apos;{1}&apos; enthält keine Bytes; speichern Sie Bilder als uint8, 0 bis 255.</translation>
    </message>
    <message>
        <source>&apos;{1}&apos; holds {2} values; images are N x H x W, N x H x W x C or N x C x H x W with 1 or 3 channels.</source>
        <translation>&apos;{1}&apos; enthält {2} Werte; Bilder sind N x H x W, N x H x W x C oder N x C x H x W mit 1 oder 3 Kanälen.</translation>
    </message>
    <message>
        <source>&apos;{1}&apos; holds {2} values; labels are one whole number for each image.</source>
        <translation>&apos;{1}&apos; enthält {2} Werte; Labels sind eine ganze Zahl für jedes Bild.</translation>
    </message>
    <message>
        <source>&apos;{1}&apos; holds the label {2}; labels are the classes&apos; numbers from 0 on.</source>
        <translation>&apos;{1}&apos; enthält das Label {2}; Labels sind die Nummern der Klassen von 0 an.</translation>
    </message>
    <message>
        <source>cannot be opened: {1}</source>
        <translation>kann nicht geöffnet werden: {1}</translation>
    </message>
    <message>
        <source>cannot be read: {1}</source>
        <translation>kann nicht gelesen werden: {1}</translation>
    </message>
    <message>
        <source>does not exist</source>
        <translation>existiert nicht</translation>
    </message>
    <message>
        <source>is not a file</source>
        <translation>ist keine Datei</translation>
    </message>
    <message>
        <source>is empty</source>
        <translation>ist leer</translation>
    </message>
    <message>
        <source>is larger than 256 MiB</source>
        <translation>ist größer als 256 MiB</translation>
    </message>
    <message>
        <source>has no pixels</source>
        <translation>hat keine Pixel</translation>
    </message>
    <message>
        <source>claims {1} x {2} pixels, more than the 100 million that are decoded</source>
        <translation>gibt {1} x {2} Pixel an, mehr als die 100 Millionen, die dekodiert werden</translation>
    </message>
    <message>
        <source>is an {1}; JPEG, PNG and WebP are read</source>
        <translation>ist ein {1}; gelesen werden JPEG, PNG und WebP</translation>
    </message>
    <message>
        <source>is a {1}; JPEG, PNG and WebP are read</source>
        <translation>ist ein {1}; gelesen werden JPEG, PNG und WebP</translation>
    </message>
    <message>
        <source>is no JPEG, PNG or WebP picture</source>
        <translation>ist kein JPEG-, PNG- oder WebP-Bild</translation>
    </message>
    <message>
        <source>&apos;{1}&apos; {2}.</source>
        <translation>&apos;{1}&apos; {2}.</translation>
    </message>
    <message>
        <source>There is no memory left to read &apos;{1}&apos;.</source>
        <translation>Der Speicher reicht nicht mehr, um &apos;{1}&apos; zu lesen.</translation>
    </message>
    <message>
        <source>There is no memory left to decode pictures.</source>
        <translation>Der Speicher reicht nicht mehr, um Bilder zu dekodieren.</translation>
    </message>
    <message>
        <source>The network takes {1}, but pictures become images of 3 channels, or of 1; give a data set that fits the network.</source>
        <translation>Das Netz nimmt {1}, aus Bilddateien werden aber Bilder mit 3 Kanälen oder mit 1; geben Sie einen Datensatz an, der zum Netz passt.</translation>
    </message>
    <message>
        <source>&apos;resize&apos; is {1}, but the network takes {2}; give at least the shorter side, or leave it out.</source>
        <translation>&apos;resize&apos; ist {1}, das Netz nimmt aber {2}; geben Sie mindestens die kürzere Seite an oder lassen Sie es weg.</translation>
    </message>
    <message>
        <source>it is truncated</source>
        <translation>es ist abgeschnitten</translation>
    </message>
    <message>
        <source>there is no memory left</source>
        <translation>der Speicher reicht nicht mehr</translation>
    </message>
    <message>
        <source>is a damaged PNG ({1})</source>
        <translation>ist ein beschädigtes PNG ({1})</translation>
    </message>
    <message>
        <source>is a PNG of a kind that is not read</source>
        <translation>ist ein PNG von einer Art, die nicht gelesen wird</translation>
    </message>
    <message>
        <source>&apos;{1}&apos; is not a split; give train, calibration, validation or test.</source>
        <translation>&apos;{1}&apos; ist kein Teil des Datensatzes; geben Sie train, calibration, validation oder test an.</translation>
    </message>
    <message>
        <source>A split cannot hold a negative number of images.</source>
        <translation>Kein Teil des Datensatzes kann eine negative Zahl von Bildern enthalten.</translation>
    </message>
    <message>
        <source>The splits ask for {1} calibration and {2} validation images, but {3} has only {4} training images; ask for fewer.</source>
        <translation>Die Aufteilung verlangt {1} Bilder zur Kalibrierung und {2} zur Validierung, {3} hat aber nur {4} Trainingsbilder; verlangen Sie weniger.</translation>
    </message>
    <message>
        <source>is a damaged WebP</source>
        <translation>ist ein beschädigtes WebP</translation>
    </message>
    <message>
        <source>is an animated WebP; give its pictures one by one</source>
        <translation>ist ein animiertes WebP; geben Sie seine Bilder einzeln an</translation>
    </message>
    <message>
        <source>is a damaged or truncated WebP</source>
        <translation>ist ein beschädigtes oder abgeschnittenes WebP</translation>
    </message>
    <message>
        <source>{1} {2}.</source>
        <translation>{1} {2}.</translation>
    </message>
    <message>
        <source>is used in a form that Espalier does not know</source>
        <translation>wird in einer Form verwendet, die Espalier nicht kennt</translation>
    </message>
    <message>
        <source>does not get the batch as its first dimension</source>
        <translation>bekommt den Batch nicht als erste Dimension</translation>
    </message>
    <message>
        <source>works across the batch</source>
        <translation>arbeitet über den Batch hinweg</translation>
    </message>
    <message>
        <source>has a constant for each image of a batch</source>
        <translation>hat eine Konstante für jedes Bild eines Batches</translation>
    </message>
    <message>
        <source>multiplies matrices with the batch in different places</source>
        <translation>multipliziert Matrizen, bei denen der Batch an verschiedenen Stellen steht</translation>
    </message>
    <message>
        <source>is a norm other than the Euclidean</source>
        <translation>ist eine andere Norm als die euklidische</translation>
    </message>
    <message>
        <source>is causal, which image models are not</source>
        <translation>ist kausal, was es bei Bildmodellen nicht gibt</translation>
    </message>
    <message>
        <source>has a mask of truth values</source>
        <translation>hat eine Maske aus Wahrheitswerten</translation>
    </message>
    <message>
        <source>rounds to whole numbers</source>
        <translation>rundet auf ganze Zahlen</translation>
    </message>
    <message>
        <source>combines tensors with the batch in different places</source>
        <translation>verknüpft Tensoren, bei denen der Batch an verschiedenen Stellen steht</translation>
    </message>
    <message>
        <source>takes values that are repeated (aten::expand)</source>
        <translation>nimmt Werte, die wiederholt werden (aten::expand)</translation>
    </message>
    <message>
        <source>scales its second input</source>
        <translation>skaliert seine zweite Eingabe</translation>
    </message>
    <message>
        <source>rounds</source>
        <translation>rundet</translation>
    </message>
    <message>
        <source>raises to other than the second power</source>
        <translation>bildet eine andere Potenz als die zweite</translation>
    </message>
    <message>
        <source>has no 4-dimensional weight of its own</source>
        <translation>hat kein eigenes vierdimensionales Gewicht</translation>
    </message>
    <message>
        <source>pads unevenly (&apos;same&apos; with an even kernel)</source>
        <translation>füllt ungleichmäßig auf (&apos;same&apos; mit einem geraden Kern)</translation>
    </message>
    <message>
        <source>is a transposed convolution, which is not supported</source>
        <translation>ist eine transponierte Faltung, die nicht unterstützt wird</translation>
    </message>
    <message>
        <source>keeps no running statistics</source>
        <translation>führt keine laufenden Statistiken</translation>
    </message>
    <message>
        <source>has no 2-dimensional weight of its own</source>
        <translation>hat kein eigenes zweidimensionales Gewicht</translation>
    </message>
    <message>
        <source>overrides the divisor</source>
        <translation>ersetzt den Divisor</translation>
    </message>
    <message>
        <source>reshapes {1} to {2} in a way that is not supported, or the input size is not the one the model was made for</source>
        <translation>formt {1} auf eine Weise in {2} um, die nicht unterstützt wird, oder die Größe der Eingabe ist nicht die, für die das Modell gemacht wurde</translation>
    </message>
    <message>
        <source>cuts its input into no parts, or too many</source>
        <translation>zerlegt seine Eingabe in keine oder in zu viele Teile</translation>
    </message>
    <message>
        <source>cuts parts that its input does not have</source>
        <translation>schneidet Teile aus, die seine Eingabe nicht hat</translation>
    </message>
    <message>
        <source>joins tensors with the batch in different places</source>
        <translation>verbindet Tensoren, bei denen der Batch an verschiedenen Stellen steht</translation>
    </message>
    <message>
        <source>pads the batch</source>
        <translation>füllt den Batch auf</translation>
    </message>
    <message>
        <source>pads by other than a constant</source>
        <translation>füllt mit etwas anderem als einer Konstanten auf</translation>
    </message>
    <message>
        <source>The operator {1} at &apos;the top of the model&apos; {2}.</source>
        <translation>Der Operator {1} auf der obersten Ebene des Modells {2}.</translation>
    </message>
    <message>
        <source>The operator {1} at &apos;{2}&apos; {3}.</source>
        <translation>Der Operator {1} bei &apos;{2}&apos; {3}.</translation>
    </message>
    <message>
        <source>The model&apos;s input of {1} values is impossible; give the shape of one sample.</source>
        <translation>Die Eingabe des Modells mit {1} Werten ist unmöglich; geben Sie die Form einer einzelnen Eingabe an.</translation>
    </message>
    <message>
        <source>writes what depends on the image into a constant</source>
        <translation>schreibt in eine Konstante, was vom Bild abhängt</translation>
    </message>
    <message>
        <source>is not supported</source>
        <translation>wird nicht unterstützt</translation>
    </message>
    <message>
        <source>The model has too many operators.</source>
        <translation>Das Modell hat zu viele Operatoren.</translation>
    </message>
    <message>
        <source>is one operator too many; no network has so many</source>
        <translation>ist ein Operator zu viel; kein Netz hat so viele</translation>
    </message>
    <message>
        <source>{1} &apos;{2}&apos; {3}.</source>
        <translation>{1} &apos;{2}&apos; {3}.</translation>
    </message>
    <message>
        <source>The model uses its weights so often that they do not fit into memory.</source>
        <translation>Das Modell verwendet seine Gewichte so oft, dass sie nicht in den Speicher passen.</translation>
    </message>
    <message>
        <source>The model returns several outputs or none; only one tensor is supported.</source>
        <translation>Das Modell gibt mehrere Ausgaben zurück oder keine; unterstützt wird nur ein Tensor.</translation>
    </message>
    <message>
        <source>The model&apos;s output repeats values (aten::expand).</source>
        <translation>Die Ausgabe des Modells wiederholt Werte (aten::expand).</translation>
    </message>
    <message>
        <source>The model&apos;s output does not have the batch as its first dimension.</source>
        <translation>Die erste Dimension der Ausgabe des Modells ist nicht der Batch.</translation>
    </message>
    <message>
        <source>There is no file &apos;{1}&apos;.</source>
        <translation>Es gibt keine Datei &apos;{1}&apos;.</translation>
    </message>
    <message>
        <source>&apos;{1}&apos; cannot be read; check its permissions.</source>
        <translation>&apos;{1}&apos; kann nicht gelesen werden; prüfen Sie die Zugriffsrechte.</translation>
    </message>
    <message>
        <source>&apos;{1}&apos; ends before the data that it says it holds; it is truncated or damaged.</source>
        <translation>&apos;{1}&apos; endet vor den Daten, die darin stehen sollen; die Datei ist abgeschnitten oder beschädigt.</translation>
    </message>
    <message>
        <source>&apos;{1}&apos; is too large for the memory of this machine.</source>
        <translation>&apos;{1}&apos; ist zu groß für den Speicher dieses Rechners.</translation>
    </message>
    <message>
        <source>Reading &apos;{1}&apos; failed.</source>
        <translation>Das Lesen von &apos;{1}&apos; ist gescheitert.</translation>
    </message>
    <message>
        <source>computes with the size of the batch</source>
        <translation>rechnet mit der Größe des Batches</translation>
    </message>
    <message>
        <source>on constants is not supported</source>
        <translation>wird auf Konstanten nicht unterstützt</translation>
    </message>
    <message>
        <source>changes a parameter of the model</source>
        <translation>ändert einen Parameter des Modells</translation>
    </message>
    <message>
        <source>divides by zero</source>
        <translation>teilt durch null</translation>
    </message>
    <message>
        <source>makes a constant that is too large</source>
        <translation>erzeugt eine Konstante, die zu groß ist</translation>
    </message>
    <message>
        <source>&apos;{1}&apos; computes something else than the network it was exported from (outputs differ by {2}); do not use it.</source>
        <translation>&apos;{1}&apos; berechnet etwas anderes als das Netz, aus dem es exportiert wurde (die Ausgaben weichen um {2} ab); verwenden Sie es nicht.</translation>
    </message>
    <message>
        <source>checking &apos;{1}&apos;</source>
        <translation>Prüfen von &apos;{1}&apos;</translation>
    </message>
    <message>
        <source>&apos;{1}&apos; is a damaged torch.export program: {2}.</source>
        <translation>&apos;{1}&apos; ist ein beschädigtes torch.export-Programm: {2}.</translation>
    </message>
    <message>
        <source>it lacks the data of &apos;{1}&apos;</source>
        <translation>ihm fehlen die Daten von &apos;{1}&apos;</translation>
    </message>
    <message>
        <source>&apos;{1}&apos;: &apos;{2}&apos; is not an ordinary tensor, which is not supported.</source>
        <translation>&apos;{1}&apos;: &apos;{2}&apos; ist kein gewöhnlicher Tensor, was nicht unterstützt wird.</translation>
    </message>
    <message>
        <source>the shape of &apos;{1}&apos; is not known</source>
        <translation>die Form von &apos;{1}&apos; ist nicht bekannt</translation>
    </message>
    <message>
        <source>&apos;{1}&apos; is not the JSON it should be</source>
        <translation>&apos;{1}&apos; ist nicht das erwartete JSON</translation>
    </message>
    <message>
        <source>&apos;{1}&apos; holds {2} programs; export one model alone with torch.export.save.</source>
        <translation>&apos;{1}&apos; enthält {2} Programme; exportieren Sie ein Modell allein mit torch.export.save.</translation>
    </message>
    <message>
        <source>on constants is not supported ({1})</source>
        <translation>wird auf Konstanten nicht unterstützt ({1})</translation>
    </message>
    <message>
        <source>makes a number that is too large</source>
        <translation>erzeugt eine Zahl, die zu groß ist</translation>
    </message>
    <message>
        <source>divides by nothing</source>
        <translation>teilt durch nichts</translation>
    </message>
    <message>
        <source>lacks its argument &apos;{1}&apos;</source>
        <translation>hat das Argument &apos;{1}&apos; nicht, das er braucht</translation>
    </message>
    <message>
        <source>has the argument &apos;{1}&apos;, which is not known</source>
        <translation>hat das Argument &apos;{1}&apos;, das nicht bekannt ist</translation>
    </message>
    <message>
        <source>depends on the data</source>
        <translation>hängt von den Daten ab</translation>
    </message>
    <message>
        <source>The model takes {1} inputs; only one image input is supported.</source>
        <translation>Das Modell nimmt {1} Eingaben; unterstützt wird nur eine einzige, ein Bild.</translation>
    </message>
    <message>
        <source>The program has tensors of an element type that is not supported (number {1}); export the model in float32.</source>
        <translation>Das Programm hat Tensoren eines Elementtyps, der nicht unterstützt wird (Nummer {1}); exportieren Sie das Modell in float32.</translation>
    </message>
    <message>
        <source>Its JSON is not that of a torch.export program; export the model again with torch.export.save.</source>
        <translation>Das JSON darin ist nicht das eines torch.export-Programms; exportieren Sie das Modell noch einmal mit torch.export.save.</translation>
    </message>
    <message>
        <source>reading &apos;{1}&apos;</source>
        <translation>Lesen von &apos;{1}&apos;</translation>
    </message>
    <message>
        <source>&apos;{1}&apos;: {2}</source>
        <translation>&apos;{1}&apos;: {2}</translation>
    </message>
    <message>
        <source>&apos;{1}&apos; is in PyTorch&apos;s pickle format of before 2020; load it in Python and save the model with torch.jit.trace(model.eval(), example_input).save(file).</source>
        <translation>&apos;{1}&apos; hat das Pickle-Format von PyTorch aus der Zeit vor 2020; laden Sie die Datei in Python und speichern Sie das Modell mit torch.jit.trace(model.eval(), example_input).save(file).</translation>
    </message>
    <message>
        <source>&apos;{1}&apos; is not a model file Espalier knows; give TorchScript (.pt) or ONNX (.onnx).</source>
        <translation>&apos;{1}&apos; ist keine Modelldatei, die Espalier kennt; geben Sie TorchScript (.pt) oder ONNX (.onnx) an.</translation>
    </message>
    <message>
        <source>&apos;{1}&apos; is empty.</source>
        <translation>&apos;{1}&apos; ist leer.</translation>
    </message>
    <message>
        <source>&apos;{1}&apos; holds a network of its own, not weights alone; leave the architecture out.</source>
        <translation>&apos;{1}&apos; enthält ein eigenes Netz, nicht nur Gewichte; lassen Sie die Architektur weg.</translation>
    </message>
    <message>
        <source>&apos;{1}&apos; has no suffix that this version exports to; give .pt, .onnx or .py.</source>
        <translation>&apos;{1}&apos; hat keine Endung, in deren Format diese Version exportiert; nehmen Sie .pt, .onnx oder .py.</translation>
    </message>
    <message>
        <source>The node &apos;{1}&apos; ({2})</source>
        <translation>Der Knoten &apos;{1}&apos; ({2})</translation>
    </message>
    <message>
        <source>&apos;{1}&apos; could not be written ({2}); check the folder, its permissions and the free space.</source>
        <translation>&apos;{1}&apos; konnte nicht geschrieben werden ({2}); prüfen Sie den Ordner, seine Zugriffsrechte und den freien Speicherplatz.</translation>
    </message>
    <message>
        <source>its weights&apos; file &apos;{1}&apos; is incomplete</source>
        <translation>die Datei &apos;{1}&apos; mit den Gewichten ist unvollständig</translation>
    </message>
    <message>
        <source>it is incomplete</source>
        <translation>die Datei ist unvollständig</translation>
    </message>
    <message>
        <source>writing &apos;{1}&apos;</source>
        <translation>Schreiben von &apos;{1}&apos;</translation>
    </message>
    <message>
        <source>ONNX&apos;s checker refuses the network as it would be written to &apos;{1}&apos;: {2}</source>
        <translation>Das Prüfprogramm von ONNX weist das Netz zurück, wie es nach &apos;{1}&apos; geschrieben würde: {2}</translation>
    </message>
    <message>
        <source>&apos;{1}&apos; is not a complete ONNX file; export the model again.</source>
        <translation>&apos;{1}&apos; ist keine vollständige ONNX-Datei; exportieren Sie das Modell noch einmal.</translation>
    </message>
    <message>
        <source>&apos;{1}&apos;: the node &apos;{2}&apos; is {3} of the domain &apos;{4}&apos;, which is not ONNX&apos;s own; export the model with ONNX&apos;s operators only.</source>
        <translation>&apos;{1}&apos;: Der Knoten &apos;{2}&apos; ist {3} aus der Domäne &apos;{4}&apos;, die nicht zu ONNX selbst gehört; exportieren Sie das Modell nur mit Operatoren von ONNX.</translation>
    </message>
    <message>
        <source>&apos;{1}&apos; uses opset {2} of ONNX; export the model with an opset from {3} to {4}.</source>
        <translation>&apos;{1}&apos; verwendet Opset {2} von ONNX; exportieren Sie das Modell mit einem Opset von {3} bis {4}.</translation>
    </message>
    <message>
        <source>&apos;{1}&apos; has more than 2 GB, which no ONNX file has; its weights belong into a second file.</source>
        <translation>&apos;{1}&apos; hat mehr als 2 GB, was bei keiner ONNX-Datei vorkommt; die Gewichte gehören in eine zweite Datei.</translation>
    </message>
    <message>
        <source>The tensor &apos;{1}&apos; has an element type that Espalier does not read; export the model with float32.</source>
        <translation>Der Tensor &apos;{1}&apos; hat einen Elementtyp, den Espalier nicht liest; exportieren Sie das Modell mit float32.</translation>
    </message>
    <message>
        <source>The tensor &apos;{1}&apos; has impossible extents.</source>
        <translation>Der Tensor &apos;{1}&apos; hat unmögliche Ausdehnungen.</translation>
    </message>
    <message>
        <source>The tensor &apos;{1}&apos; does not hold as many values as its extents say.</source>
        <translation>Der Tensor &apos;{1}&apos; enthält nicht so viele Werte, wie seine Ausdehnungen angeben.</translation>
    </message>
    <message>
        <source>The tensor &apos;{1}&apos; is said to lie in &apos;{2}&apos;, {3}.</source>
        <translation>Der Tensor &apos;{1}&apos; soll in der Datei &apos;{2}&apos; liegen, {3}.</translation>
    </message>
    <message>
        <source>which is outside of the model&apos;s folder; put both files into one folder</source>
        <translation>die außerhalb des Ordners des Modells liegt; legen Sie beide Dateien in einen Ordner</translation>
    </message>
    <message>
        <source>which is not there; put it beside the model</source>
        <translation>die es nicht gibt; legen Sie sie neben das Modell</translation>
    </message>
    <message>
        <source>which does not hold it; export the model again</source>
        <translation>die ihn nicht enthält; exportieren Sie das Modell noch einmal</translation>
    </message>
    <message>
        <source>from which more is read than it has</source>
        <translation>aus der mehr gelesen wird, als sie hat</translation>
    </message>
    <message>
        <source>which cannot be read</source>
        <translation>die nicht gelesen werden kann</translation>
    </message>
    <message>
        <source>holds a constant that is no tensor</source>
        <translation>enthält eine Konstante, die kein Tensor ist</translation>
    </message>
    <message>
        <source>holds a constant in another file</source>
        <translation>enthält eine Konstante in einer anderen Datei</translation>
    </message>
    <message>
        <source>casts to a type that is not supported</source>
        <translation>wandelt in einen Typ um, der nicht unterstützt wird</translation>
    </message>
    <message>
        <source>slices backwards</source>
        <translation>schneidet rückwärts aus</translation>
    </message>
    <message>
        <source>is not supported on constants</source>
        <translation>wird auf Konstanten nicht unterstützt</translation>
    </message>
    <message>
        <source>does not fit its constants</source>
        <translation>passt nicht zu seinen Konstanten</translation>
    </message>
    <message>
        <source>is control flow that depends on the image; only a fixed order of operators is supported</source>
        <translation>ist ein Ablauf, der vom Bild abhängt; unterstützt wird nur eine feste Folge von Operatoren</translation>
    </message>
    <message>
        <source>is quantised; give the model as it was before quantisation</source>
        <translation>ist quantisiert; geben Sie das Modell an, wie es vor der Quantisierung war</translation>
    </message>
    <message>
        <source>changes the size of images, which is not supported</source>
        <translation>ändert die Größe von Bildern, was nicht unterstützt wird</translation>
    </message>
    <message>
        <source>is an operator that is not supported</source>
        <translation>ist ein Operator, der nicht unterstützt wird</translation>
    </message>
    <message>
        <source>The output &apos;{1}&apos; does not depend on the input.</source>
        <translation>Die Ausgabe &apos;{1}&apos; hängt nicht von der Eingabe ab.</translation>
    </message>
    <message>
        <source>The value &apos;{1}&apos; is read before anything gives it: the nodes are in a wrong order or form a cycle.</source>
        <translation>Der Wert &apos;{1}&apos; wird gelesen, bevor ihn etwas liefert: Die Knoten stehen in falscher Reihenfolge oder bilden einen Kreis.</translation>
    </message>
    <message>
        <source>{1} gives another number of parts than it says.</source>
        <translation>{1} liefert eine andere Zahl von Teilen, als er angibt.</translation>
    </message>
    <message>
        <source>{1} and &apos;{2}&apos;</source>
        <translation>{1} und &apos;{2}&apos;</translation>
    </message>
    <message>
        <source>The model has no input.</source>
        <translation>Das Modell hat keine Eingabe.</translation>
    </message>
    <message>
        <source>The model has several inputs, {1}; only one image input is supported.</source>
        <translation>Das Modell hat mehrere Eingaben, {1}; unterstützt wird nur eine einzige, ein Bild.</translation>
    </message>
    <message>
        <source>The model has no output.</source>
        <translation>Das Modell hat keine Ausgabe.</translation>
    </message>
    <message>
        <source>The model has several outputs, {1}; only one is supported. Export it with the one to be kept.</source>
        <translation>Das Modell hat mehrere Ausgaben, {1}; unterstützt wird nur eine. Exportieren Sie es mit der, die bleiben soll.</translation>
    </message>
    <message>
        <source>The input &apos;{1}&apos; is no tensor of floating point numbers.</source>
        <translation>Die Eingabe &apos;{1}&apos; ist kein Tensor von Gleitkommazahlen.</translation>
    </message>
    <message>
        <source>The input &apos;{1}&apos; has {2} dimensions; images have 4 (batch, channels, height, width).</source>
        <translation>Die Eingabe &apos;{1}&apos; hat {2} Dimensionen; Bilder haben 4 (Batch, Kanäle, Höhe, Breite).</translation>
    </message>
    <message>
        <source>The input &apos;{1}&apos; leaves its extents open; give the input shape.</source>
        <translation>Die Eingabe &apos;{1}&apos; lässt ihre Ausdehnungen offen; geben Sie die Eingangsform an.</translation>
    </message>
    <message>
        <source>The input &apos;{1}&apos; takes {2}, not {3}.</source>
        <translation>Die Eingabe &apos;{1}&apos; nimmt {2}, nicht {3}.</translation>
    </message>
    <message>
        <source>casts the network&apos;s values to other than floating point</source>
        <translation>wandelt Werte des Netzes in etwas anderes als Gleitkommazahlen um</translation>
    </message>
    <message>
        <source>is taken over several dimensions at once</source>
        <translation>wird über mehrere Dimensionen zugleich gebildet</translation>
    </message>
    <message>
        <source>multiplies by other than a matrix of weights</source>
        <translation>multipliziert mit etwas anderem als einer Matrix von Gewichten</translation>
    </message>
    <message>
        <source>pads unevenly without counting the padding</source>
        <translation>füllt ungleichmäßig auf, ohne die Auffüllung mitzuzählen</translation>
    </message>
    <message>
        <source>is given sizes that depend on the data</source>
        <translation>bekommt Größen, die von den Daten abhängen</translation>
    </message>
    <message>
        <source>picks values by what the network computes</source>
        <translation>wählt Werte nach dem aus, was das Netz berechnet</translation>
    </message>
    <message>
        <source>AdaptiveAvgPool2d &apos;{1}&apos; pools {2} to extents that do not divide it, which ONNX has no operator for; export as TorchScript (.pt).</source>
        <translation>AdaptiveAvgPool2d &apos;{1}&apos; verkleinert {2} auf Ausdehnungen, die es nicht teilen, wofür ONNX keinen Operator hat; exportieren Sie als TorchScript (.pt).</translation>
    </message>
    <message>
        <source>Softplus &apos;{1}&apos; has a threshold of {2}, which ONNX cannot express; export as TorchScript (.pt).</source>
        <translation>Softplus &apos;{1}&apos; hat einen Schwellwert von {2}, den ONNX nicht ausdrücken kann; exportieren Sie als TorchScript (.pt).</translation>
    </message>
    <message>
        <source>The pickle in it is truncated, or not what torch.save writes ({1}).</source>
        <translation>Das Pickle darin ist abgeschnitten oder nicht das, was torch.save schreibt ({1}).</translation>
    </message>
    <message>
        <source>It holds quantised tensors, which are not supported; save the network before it is quantised.</source>
        <translation>Die Datei enthält quantisierte Tensoren, die nicht unterstützt werden; speichern Sie das Netz, bevor es quantisiert wird.</translation>
    </message>
    <message>
        <source>It contains the Python class {1}; such files are not loaded, since they could run code; save the weights alone with torch.save(model.state_dict(), file).</source>
        <translation>Die Datei enthält die Python-Klasse {1}; solche Dateien werden nicht geladen, weil sie Code ausführen könnten; speichern Sie nur die Gewichte mit torch.save(model.state_dict(), file).</translation>
    </message>
    <message>
        <source>it is too long</source>
        <translation>es ist zu lang</translation>
    </message>
    <message>
        <source>it ends early</source>
        <translation>es endet zu früh</translation>
    </message>
    <message>
        <source>nothing is left on the stack</source>
        <translation>der Stapel ist leer</translation>
    </message>
    <message>
        <source>an operation lacks its operands</source>
        <translation>einer Operation fehlen ihre Operanden</translation>
    </message>
    <message>
        <source>it holds too many values</source>
        <translation>es enthält zu viele Werte</translation>
    </message>
    <message>
        <source>operation {1}</source>
        <translation>Operation {1}</translation>
    </message>
    <message>
        <source>protocol {1}</source>
        <translation>Protokoll {1}</translation>
    </message>
    <message>
        <source>something is called that is no function</source>
        <translation>etwas wird aufgerufen, das keine Funktion ist</translation>
    </message>
    <message>
        <source>{1} is called</source>
        <translation>{1} wird aufgerufen</translation>
    </message>
    <message>
        <source>a tensor without a storage</source>
        <translation>ein Tensor ohne Speicherbereich</translation>
    </message>
    <message>
        <source>a tensor without sizes</source>
        <translation>ein Tensor ohne Größen</translation>
    </message>
    <message>
        <source>attributes of something that has none</source>
        <translation>Attribute von etwas, das keine hat</translation>
    </message>
    <message>
        <source>a storage that is not described</source>
        <translation>ein Speicherbereich, der nicht beschrieben ist</translation>
    </message>
    <message>
        <source>it ended without a word</source>
        <translation>es endete ohne Meldung</translation>
    </message>
    <message>
        <source>No temporary folder could be made; check TMPDIR.</source>
        <translation>Es konnte kein temporärer Ordner angelegt werden; prüfen Sie TMPDIR.</translation>
    </message>
    <message>
        <source>&apos;{1}&apos; does not run in {2} ({3}).</source>
        <translation>&apos;{1}&apos; läuft nicht in {2} ({3}).</translation>
    </message>
    <message>
        <source>it took too long or was ended</source>
        <translation>es dauerte zu lange oder wurde beendet</translation>
    </message>
    <message>
        <source>the source could not be written</source>
        <translation>der Quelltext konnte nicht geschrieben werden</translation>
    </message>
    <message>
        <source>&apos;{1}&apos; holds other weights than the network it was exported from; do not use it.</source>
        <translation>&apos;{1}&apos; enthält andere Gewichte als das Netz, aus dem es exportiert wurde; verwenden Sie es nicht.</translation>
    </message>
    <message>
        <source>&apos;{1}&apos;, where the weights would go, is another file already; give the source another name.</source>
        <translation>&apos;{1}&apos;, wohin die Gewichte kämen, ist schon eine andere Datei; geben Sie dem Quelltext einen anderen Namen.</translation>
    </message>
    <message>
        <source>&apos;{1}&apos; is a damaged safetensors file: {2}.</source>
        <translation>&apos;{1}&apos; ist eine beschädigte safetensors-Datei: {2}.</translation>
    </message>
    <message>
        <source>its header claims {1} bytes, the file has {2}</source>
        <translation>ihr Dateikopf soll {1} Bytes haben, die Datei hat {2}</translation>
    </message>
    <message>
        <source>it holds &apos;{1}&apos; twice</source>
        <translation>sie enthält &apos;{1}&apos; zweimal</translation>
    </message>
    <message>
        <source>its header is no JSON object</source>
        <translation>ihr Dateikopf ist kein JSON-Objekt</translation>
    </message>
    <message>
        <source>&apos;{1}&apos;: the tensor &apos;{2}&apos; has the type {3}, which is not supported; save it as F32.</source>
        <translation>&apos;{1}&apos;: Der Tensor &apos;{2}&apos; hat den Typ {3}, der nicht unterstützt wird; speichern Sie ihn als F32.</translation>
    </message>
    <message>
        <source>the offsets of &apos;{1}&apos; are no two numbers</source>
        <translation>die Positionen von &apos;{1}&apos; sind nicht zwei Zahlen</translation>
    </message>
    <message>
        <source>&apos;{1}&apos; lies beyond its end</source>
        <translation>&apos;{1}&apos; liegt hinter ihrem Ende</translation>
    </message>
    <message>
        <source>the shape of &apos;{1}&apos; is no list of sizes</source>
        <translation>die Form von &apos;{1}&apos; ist keine Liste von Größen</translation>
    </message>
    <message>
        <source>the shape of &apos;{1}&apos; does not fit its data</source>
        <translation>die Form von &apos;{1}&apos; passt nicht zu den Daten</translation>
    </message>
    <message>
        <source>its tensors overlap</source>
        <translation>ihre Tensoren überschneiden sich</translation>
    </message>
    <message>
        <source>its header is not the JSON it should be</source>
        <translation>ihr Dateikopf ist nicht das erwartete JSON</translation>
    </message>
    <message>
        <source>The tensor &apos;{1}&apos; lacks its data; the file is damaged.</source>
        <translation>Dem Tensor &apos;{1}&apos; fehlen die Daten; die Datei ist beschädigt.</translation>
    </message>
    <message>
        <source>&apos;{1}&apos; was saved on a big-endian machine; load and save it again on an ordinary one.</source>
        <translation>&apos;{1}&apos; wurde auf einem Big-Endian-Rechner gespeichert; laden und speichern Sie die Datei noch einmal auf einem gewöhnlichen.</translation>
    </message>
    <message>
        <source>&apos;{1}&apos; holds no state dict; save one with torch.save(model.state_dict(), file).</source>
        <translation>&apos;{1}&apos; enthält kein state_dict; speichern Sie eines mit torch.save(model.state_dict(), file).</translation>
    </message>
    <message>
        <source>&apos;{1}&apos; holds values within one another without end; the file is damaged.</source>
        <translation>&apos;{1}&apos; enthält endlos ineinander verschachtelte Werte; die Datei ist beschädigt.</translation>
    </message>
    <message>
        <source>&apos;{1}&apos; holds a text that nests too deeply.</source>
        <translation>&apos;{1}&apos; enthält einen Text, der zu tief verschachtelt ist.</translation>
    </message>
    <message>
        <source>&apos;{1}&apos; lacks the data of a tensor; the file is damaged.</source>
        <translation>In &apos;{1}&apos; fehlen die Daten eines Tensors; die Datei ist beschädigt.</translation>
    </message>
    <message>
        <source>{1} and {2} more</source>
        <translation>{1} und {2} weitere</translation>
    </message>
    <message>
        <source>they have the unexpected {1}</source>
        <translation>sie haben unerwartet {1}</translation>
    </message>
    <message>
        <source>they lack {1}</source>
        <translation>sie enthalten nicht {1}</translation>
    </message>
    <message>
        <source>they lack {1} and have the unexpected {2}</source>
        <translation>sie enthalten nicht {1} und haben unerwartet {2}</translation>
    </message>
    <message>
        <source>for {1} {2}</source>
        <translation>bei {1}: {2}</translation>
    </message>
    <message>
        <source>It holds weights only, and they fit none of the built-in architectures ({1}); save the network itself, as TorchScript, torch.export or ONNX.</source>
        <translation>Die Datei enthält nur Gewichte, und sie passen zu keiner der eingebauten Architekturen ({1}); speichern Sie das Netz selbst, als TorchScript, torch.export oder ONNX.</translation>
    </message>
    <message>
        <source>It holds weights only, and they fit none of the built-in architectures ({1}); {2}; save the network itself, as TorchScript, torch.export or ONNX.</source>
        <translation>Die Datei enthält nur Gewichte, und sie passen zu keiner der eingebauten Architekturen ({1}); {2}; speichern Sie das Netz selbst, als TorchScript, torch.export oder ONNX.</translation>
    </message>
    <message>
        <source>a single number</source>
        <translation>eine einzelne Zahl</translation>
    </message>
    <message>
        <source>The tensor &apos;{1}&apos; is {2}, the architecture has {3}; give the architecture that the weights were trained in.</source>
        <translation>Der Tensor &apos;{1}&apos; ist {2}, die Architektur hat {3}; geben Sie die Architektur an, in der die Gewichte trainiert wurden.</translation>
    </message>
    <message>
        <source>The weights are not those of {1}: {2}; give the architecture that they were trained in.</source>
        <translation>Die Gewichte sind nicht die von {1}: {2}; geben Sie die Architektur an, in der sie trainiert wurden.</translation>
    </message>
    <message>
        <source>The tensor &apos;{1}&apos; {2}; the file is damaged.</source>
        <translation>Der Tensor &apos;{1}&apos; {2}; die Datei ist beschädigt.</translation>
    </message>
    <message>
        <source>has a shape that cannot be</source>
        <translation>hat eine unmögliche Form</translation>
    </message>
    <message>
        <source>lies outside of its storage</source>
        <translation>liegt außerhalb seines Speicherbereichs</translation>
    </message>
    <message>
        <source>reaches beyond its storage</source>
        <translation>reicht über seinen Speicherbereich hinaus</translation>
    </message>
    <message>
        <source>is larger than the data stored for it</source>
        <translation>ist größer als die für ihn gespeicherten Daten</translation>
    </message>
    <message>
        <source>reads a tensor that another view of it has changed in place</source>
        <translation>liest einen Tensor, den eine andere Sicht auf ihn an Ort und Stelle geändert hat</translation>
    </message>
    <message>
        <source>The model&apos;s output does not depend on its input.</source>
        <translation>Die Ausgabe des Modells hängt nicht von seiner Eingabe ab.</translation>
    </message>
    <message>
        <source>The program uses &apos;{1}&apos;, which no operator before it makes.</source>
        <translation>Das Programm verwendet &apos;{1}&apos;, was kein Operator davor erzeugt.</translation>
    </message>
    <message>
        <source>The program lacks the tensor &apos;{1}&apos;; export it again.</source>
        <translation>Dem Programm fehlt der Tensor &apos;{1}&apos;; exportieren Sie es noch einmal.</translation>
    </message>
    <message>
        <source>The program holds more tensors than its file can.</source>
        <translation>Das Programm enthält mehr Tensoren, als seine Datei fassen kann.</translation>
    </message>
    <message>
        <source>takes an element type that is not known, which is not supported</source>
        <translation>nimmt einen Elementtyp, der nicht bekannt ist, was nicht unterstützt wird</translation>
    </message>
    <message>
        <source>takes {1}, which is not supported</source>
        <translation>nimmt {1}, was nicht unterstützt wird</translation>
    </message>
    <message>
        <source>writes into one of its arguments (out=)</source>
        <translation>schreibt in eines seiner Argumente (out=)</translation>
    </message>
    <message>
        <source>asks for the size of something that is no tensor</source>
        <translation>fragt nach der Größe von etwas, das kein Tensor ist</translation>
    </message>
    <message>
        <source>asks for a dimension its tensor lacks</source>
        <translation>fragt nach einer Dimension, die sein Tensor nicht hat</translation>
    </message>
    <message>
        <source>The model&apos;s input has no dimension beside the batch; only images are supported.</source>
        <translation>Die Eingabe des Modells hat keine Dimension außer dem Batch; unterstützt werden nur Bilder.</translation>
    </message>
    <message>
        <source>The model takes inputs of any size; give the shape of one sample.</source>
        <translation>Das Modell nimmt Eingaben jeder Größe; geben Sie die Form einer einzelnen Eingabe an.</translation>
    </message>
    <message>
        <source>&apos;{1}&apos;: its program {2}; save the model again with torch.jit.trace(model, example).save(file).</source>
        <translation>&apos;{1}&apos;: Das Programm darin {2}; speichern Sie das Modell noch einmal mit torch.jit.trace(model, example).save(file).</translation>
    </message>
    <message>
        <source>nests too deeply in &apos;{1}&apos;</source>
        <translation>ist in &apos;{1}&apos; zu tief verschachtelt</translation>
    </message>
    <message>
        <source>has a class in &apos;{1}&apos; that PyTorch does not write</source>
        <translation>hat in &apos;{1}&apos; eine Klasse, die PyTorch nicht schreibt</translation>
    </message>
    <message>
        <source>runs code of its own while it is loaded (__setstate__, as quantised models have)</source>
        <translation>führt beim Laden eigenen Code aus (__setstate__, wie ihn quantisierte Modelle haben)</translation>
    </message>
    <message>
        <source>has too long a chain of modules or functions within one another</source>
        <translation>hat eine zu lange Kette ineinander verschachtelter Module oder Funktionen</translation>
    </message>
    <message>
        <source>&apos;{1}&apos; is not a complete TorchScript file; save the model again with torch.jit.trace(model, example).save(file).</source>
        <translation>&apos;{1}&apos; ist keine vollständige TorchScript-Datei; speichern Sie das Modell noch einmal mit torch.jit.trace(model, example).save(file).</translation>
    </message>
    <message>
        <source>The module &apos;{1}&apos; has no method {2}().</source>
        <translation>Das Modul &apos;{1}&apos; hat keine Methode {2}().</translation>
    </message>
    <message>
        <source>The model&apos;s functions call each other too deeply.</source>
        <translation>Die Funktionen des Modells rufen einander zu tief verschachtelt auf.</translation>
    </message>
    <message>
        <source>A call at &apos;{1}&apos; has a wrong number of arguments.</source>
        <translation>Ein Aufruf bei &apos;{1}&apos; hat eine falsche Zahl von Argumenten.</translation>
    </message>
    <message>
        <source>&apos;{1}&apos; returns several values.</source>
        <translation>&apos;{1}&apos; gibt mehrere Werte zurück.</translation>
    </message>
    <message>
        <source>The model&apos;s program does not come to an end.</source>
        <translation>Das Programm des Modells kommt zu keinem Ende.</translation>
    </message>
    <message>
        <source>is reached: the model refuses this input</source>
        <translation>wird erreicht: Das Modell weist diese Eingabe zurück</translation>
    </message>
    <message>
        <source>reads an attribute of something that is no module</source>
        <translation>liest ein Attribut von etwas, das kein Modul ist</translation>
    </message>
    <message>
        <source>calls a method of something that is no module</source>
        <translation>ruft eine Methode von etwas auf, das kein Modul ist</translation>
    </message>
    <message>
        <source>calls a function that is not known</source>
        <translation>ruft eine Funktion auf, die nicht bekannt ist</translation>
    </message>
    <message>
        <source>depends on the data; only fixed control flow is supported</source>
        <translation>hängt von den Daten ab; unterstützt wird nur ein fester Ablauf</translation>
    </message>
    <message>
        <source>takes apart something of another length</source>
        <translation>zerlegt etwas von anderer Länge</translation>
    </message>
    <message>
        <source>gives several values</source>
        <translation>liefert mehrere Werte</translation>
    </message>
    <message>
        <source>The model asks for a dimension its tensor lacks.</source>
        <translation>Das Modell fragt nach einer Dimension, die sein Tensor nicht hat.</translation>
    </message>
    <message>
        <source>takes an item that is not there</source>
        <translation>nimmt ein Element, das es nicht gibt</translation>
    </message>
    <message>
        <source>The model has no forward() method.</source>
        <translation>Das Modell hat keine Methode forward().</translation>
    </message>
    <message>
        <source>&apos;{1}&apos; is a damaged or truncated zip file: {2}; copy or save it again.</source>
        <translation>&apos;{1}&apos; ist eine beschädigte oder abgeschnittene Zip-Datei: {2}; kopieren oder speichern Sie sie noch einmal.</translation>
    </message>
    <message>
        <source>its directory is missing</source>
        <translation>ihr Verzeichnis fehlt</translation>
    </message>
    <message>
        <source>its end is missing</source>
        <translation>ihr Ende fehlt</translation>
    </message>
    <message>
        <source>&apos;{1}&apos; is encrypted</source>
        <translation>&apos;{1}&apos; ist verschlüsselt</translation>
    </message>
    <message>
        <source>&apos;{1}&apos; is packed in an unknown way</source>
        <translation>&apos;{1}&apos; ist auf unbekannte Weise gepackt</translation>
    </message>
    <message>
        <source>&apos;{1}&apos; lies beyond the end of the file</source>
        <translation>&apos;{1}&apos; liegt hinter dem Ende der Datei</translation>
    </message>
    <message>
        <source>&apos;{1}&apos; claims a size that it cannot have</source>
        <translation>&apos;{1}&apos; gibt eine Größe an, die nicht stimmen kann</translation>
    </message>
    <message>
        <source>its directory ends early</source>
        <translation>ihr Verzeichnis endet zu früh</translation>
    </message>
    <message>
        <source>the sizes of &apos;{1}&apos; are missing</source>
        <translation>die Größen von &apos;{1}&apos; fehlen</translation>
    </message>
    <message>
        <source>its records overlap</source>
        <translation>ihre Einträge überschneiden sich</translation>
    </message>
    <message>
        <source>it lacks &apos;{1}&apos;</source>
        <translation>ihr fehlt &apos;{1}&apos;</translation>
    </message>
    <message>
        <source>&apos;{1}&apos; is not where it should be</source>
        <translation>&apos;{1}&apos; steht nicht an seinem Platz</translation>
    </message>
    <message>
        <source>&apos;{1}&apos; is too large for this machine.</source>
        <translation>&apos;{1}&apos; ist zu groß für diesen Rechner.</translation>
    </message>
    <message>
        <source>&apos;{1}&apos; cannot be unpacked</source>
        <translation>&apos;{1}&apos; kann nicht entpackt werden</translation>
    </message>
    <message>
        <source>the checksum of &apos;{1}&apos; is wrong</source>
        <translation>die Prüfsumme von &apos;{1}&apos; ist falsch</translation>
    </message>
    <message>
        <source>Latency is measured with at least one image and one run.</source>
        <translation>Die Latenz wird mit mindestens einem Bild und einem Durchlauf gemessen.</translation>
    </message>
    <message>
        <source>timing the network</source>
        <translation>Messen der Zeit des Netzes</translation>
    </message>
    <message>
        <source>There is no built-in architecture &apos;{1}&apos;; give one of {2}.</source>
        <translation>Es gibt keine eingebaute Architektur &apos;{1}&apos;; geben Sie eine von {2} an.</translation>
    </message>
    <message>
        <source>A network needs images (channels x height x width) and at least 2 classes.</source>
        <translation>Ein Netz braucht Bilder (Kanäle x Höhe x Breite) und mindestens 2 Klassen.</translation>
    </message>
    <message>
        <source>making the network</source>
        <translation>Anlegen des Netzes</translation>
    </message>
    <message>
        <source>The graph does not start with an input.</source>
        <translation>Der Graph beginnt nicht mit einer Eingabe.</translation>
    </message>
    <message>
        <source>Two nodes are called &apos;{1}&apos;.</source>
        <translation>Zwei Knoten heißen &apos;{1}&apos;.</translation>
    </message>
    <message>
        <source>Node &apos;{1}&apos; reads a node that does not come before it.</source>
        <translation>Der Knoten &apos;{1}&apos; liest einen Knoten, der nicht vor ihm kommt.</translation>
    </message>
    <message>
        <source>&apos;{1}&apos; is not a shape; give channels x height x width, e.g. 3x32x32.</source>
        <translation>&apos;{1}&apos; ist keine Form; geben Sie Kanäle x Höhe x Breite an, z. B. 3x32x32.</translation>
    </message>
    <message>
        <source>The input shape must have positive extents.</source>
        <translation>Die Eingangsform muss positive Ausdehnungen haben.</translation>
    </message>
    <message>
        <source>&apos;{1}&apos; has more weights, or multiplications to do, than any network; the graph is damaged.</source>
        <translation>&apos;{1}&apos; hat mehr Gewichte oder auszuführende Multiplikationen als jedes Netz; der Graph ist beschädigt.</translation>
    </message>
    <message>
        <source>The network has no place for &apos;{1}&apos;.</source>
        <translation>Das Netz hat keinen Platz für &apos;{1}&apos;.</translation>
    </message>
    <message>
        <source>The weights lack &apos;{1}&apos;.</source>
        <translation>In den Gewichten fehlt &apos;{1}&apos;.</translation>
    </message>
    <message>
        <source>&apos;{1}&apos; has shape {2} but needs {3}.</source>
        <translation>&apos;{1}&apos; hat die Form {2}, braucht aber {3}.</translation>
    </message>
    <message>
        <source>&apos;{1}&apos; is not float32; convert the model to float32 first.</source>
        <translation>&apos;{1}&apos; ist nicht float32; wandeln Sie das Modell zuerst in float32 um.</translation>
    </message>
    <message>
        <source>&apos;{1}&apos; holds values that are not finite.</source>
        <translation>&apos;{1}&apos; enthält Werte, die nicht endlich sind.</translation>
    </message>
    <message>
        <source>The weights do not belong to this graph.</source>
        <translation>Die Gewichte gehören nicht zu diesem Graphen.</translation>
    </message>
    <message>
        <source>trying bfloat16</source>
        <translation>Ausprobieren von bfloat16</translation>
    </message>
    <message>
        <source>bfloat16 does not work on {1} ({2}); use the precision float32.</source>
        <translation>bfloat16 funktioniert auf {1} nicht ({2}); nehmen Sie die Genauigkeit float32.</translation>
    </message>
    <message>
        <source>There is no {1} here ({2} CUDA devices); use --device auto or cpu.</source>
        <translation>Hier gibt es kein {1} (CUDA-Geräte: {2}); nehmen Sie --device auto oder cpu.</translation>
    </message>
    <message>
        <source>There is no {1} here (no CUDA device, or LibTorch without CUDA); use --device auto or cpu.</source>
        <translation>Hier gibt es kein {1} (kein CUDA-Gerät, oder LibTorch ohne CUDA); nehmen Sie --device auto oder cpu.</translation>
    </message>
    <message>
        <source>moving the network to {1}</source>
        <translation>Übertragen des Netzes auf {1}</translation>
    </message>
    <message>
        <source>LibTorch failed while {1}: {2}</source>
        <translation>LibTorch ist gescheitert beim {1}: {2}</translation>
    </message>
    <message>
        <source>There was not enough memory while {1}; use a smaller batch or fewer images.</source>
        <translation>Der Speicher reichte nicht beim {1}; nehmen Sie einen kleineren Batch oder weniger Bilder.</translation>
    </message>
    <message>
        <source>Failed while {1}: {2}</source>
        <translation>Gescheitert beim {1}: {2}</translation>
    </message>
    <message>
        <source>takes {1} inputs but gets {2}</source>
        <translation>nimmt {1} Eingaben, bekommt aber {2}</translation>
    </message>
    <message>
        <source>takes channels x height x width but gets {1}</source>
        <translation>nimmt Kanäle x Höhe x Breite, bekommt aber {1}</translation>
    </message>
    <message>
        <source>takes {1} channels but gets {2}</source>
        <translation>nimmt {1} Kanäle, bekommt aber {2}</translation>
    </message>
    <message>
        <source>has an impossible kernel, stride, padding or dilation</source>
        <translation>hat einen unmöglichen Wert für Kern, Schritt, Rand oder Dilatation</translation>
    </message>
    <message>
        <source>has a kernel larger than its input of {1}</source>
        <translation>hat einen Kern, der größer ist als die Eingabe von {1}</translation>
    </message>
    <message>
        <source>has channels that its {1} groups do not divide</source>
        <translation>hat Kanäle, deren Zahl sich nicht durch die {1} Gruppen teilen lässt</translation>
    </message>
    <message>
        <source>crops by negative padding, which is not supported</source>
        <translation>beschneidet durch negative Ränder, was nicht unterstützt wird</translation>
    </message>
    <message>
        <source>pads by more than any network does</source>
        <translation>hat breitere Ränder als jedes Netz</translation>
    </message>
    <message>
        <source>slices a dimension that {1} does not have</source>
        <translation>schneidet aus einer Dimension aus, die {1} nicht hat</translation>
    </message>
    <message>
        <source>slices {1}:{2} of {3}</source>
        <translation>schneidet {1}:{2} aus {3} aus</translation>
    </message>
    <message>
        <source>multiplies matrices of {1} and {2}</source>
        <translation>multipliziert Matrizen von {1} und {2}, die nicht zueinander passen</translation>
    </message>
    <message>
        <source>joins along a dimension that is not there</source>
        <translation>verbindet entlang einer Dimension, die es nicht gibt</translation>
    </message>
    <message>
        <source>joins {1} and {2}</source>
        <translation>verbindet {1} und {2}, die nicht zueinander passen</translation>
    </message>
    <message>
        <source>has an order that is no permutation</source>
        <translation>hat eine Reihenfolge, die keine Permutation ist</translation>
    </message>
    <message>
        <source>splits {1} to {2}</source>
        <translation>teilt {1} in {2}, was nicht aufgeht</translation>
    </message>
    <message>
        <source>joins {1} to {2}</source>
        <translation>fasst {1} zu {2} zusammen, was nicht aufgeht</translation>
    </message>
    <message>
        <source>reduces dimensions that {1} does not have</source>
        <translation>reduziert Dimensionen, die {1} nicht hat</translation>
    </message>
    <message>
        <source>reduces every dimension</source>
        <translation>reduziert alle Dimensionen</translation>
    </message>
    <message>
        <source>normalises {1} but gets {2}</source>
        <translation>normalisiert {1}, bekommt aber {2}</translation>
    </message>
    <message>
        <source>has no values</source>
        <translation>hat keine Werte</translation>
    </message>
    <message>
        <source>takes {1} features but gets {2}</source>
        <translation>nimmt {1} Merkmale, bekommt aber {2}</translation>
    </message>
    <message>
        <source>has no outputs</source>
        <translation>hat keine Ausgänge</translation>
    </message>
    <message>
        <source>has an output of {1}, which is too large</source>
        <translation>hat eine Ausgabe von {1}, was zu groß ist</translation>
    </message>
    <message>
        <source>is a second input</source>
        <translation>ist eine zweite Eingabe</translation>
    </message>
    <message>
        <source>has channels that its groups do not divide</source>
        <translation>hat Kanäle, deren Zahl sich nicht durch die der Gruppen teilen lässt</translation>
    </message>
    <message>
        <source>adds {1} and {2}</source>
        <translation>addiert {1} und {2}, die nicht zueinander passen</translation>
    </message>
    <message>
        <source>multiplies {1} and {2}</source>
        <translation>multipliziert {1} und {2}, die nicht zueinander passen</translation>
    </message>
    <message>
        <source>divides {1} and {2}</source>
        <translation>dividiert {1} durch {2}, die nicht zueinander passen</translation>
    </message>
    <message>
        <source>pools to an empty output</source>
        <translation>hat durch das Pooling eine leere Ausgabe</translation>
    </message>
    <message>
        <source>is taken over a dimension that is not there</source>
        <translation>wird über eine Dimension gebildet, die es nicht gibt</translation>
    </message>
    <message>
        <source>A vision transformer with patches of {1} pixels cannot take images of {2}; give extents that these divide.</source>
        <translation>Ein Vision Transformer mit Patches von {1} Pixeln kann keine Bilder von {2} verarbeiten; geben Sie Ausdehnungen an, die sich dadurch teilen lassen.</translation>
    </message>
    <message>
        <source>looking at the weights</source>
        <translation>Betrachten der Gewichte</translation>
    </message>
    <message>
        <source>&apos;{1}&apos; has not been compared with its parent yet.</source>
        <translation>&apos;{1}&apos; ist noch nicht mit dem Vorgänger verglichen worden.</translation>
    </message>
    <message>
        <source>No candidate has a CKA: the features do not vary over the images, or there are too few; compare on more images, or let a coin decide.</source>
        <translation>Kein Kandidat hat eine CKA: Die Merkmale variieren nicht über die Bilder, oder es sind zu wenige; vergleichen Sie auf mehr Bildern oder lassen Sie eine Münze entscheiden.</translation>
    </message>
    <message>
        <source>There is no candidate to choose.</source>
        <translation>Es gibt keinen Kandidaten zur Wahl.</translation>
    </message>
    <message>
        <source>There are no images to compare the networks on.</source>
        <translation>Es gibt keine Bilder, auf denen die Netze verglichen werden könnten.</translation>
    </message>
    <message>
        <source>&apos;{1}&apos; is locked, or part of it is; unlock it first.</source>
        <translation>&apos;{1}&apos; ist ganz oder teilweise gesperrt; heben Sie zuerst die Sperre auf.</translation>
    </message>
    <message>
        <source>The network has no removable layer &apos;{1}&apos;.</source>
        <translation>Das Netz hat keine entfernbare Schicht &apos;{1}&apos;.</translation>
    </message>
    <message>
        <source>The network has no filter group &apos;{1}&apos;.</source>
        <translation>Das Netz hat keine Filtergruppe &apos;{1}&apos;.</translation>
    </message>
    <message>
        <source>The filters of &apos;{1}&apos; have no scores.</source>
        <translation>Die Filter von &apos;{1}&apos; haben keine Bewertung.</translation>
    </message>
    <message>
        <source>Comparing layers takes four images or more.</source>
        <translation>Schichten lassen sich erst ab vier Bildern vergleichen.</translation>
    </message>
    <message>
        <source>The ratio of filters to take is {1}; give a number from 0 to 1.</source>
        <translation>Der Anteil der zu entfernenden Filter ist {1}; geben Sie eine Zahl von 0 bis 1 an.</translation>
    </message>
    <message>
        <source>empty</source>
        <translation>ein leerer Wert</translation>
    </message>
    <message>
        <source>the text &quot;{1}&quot;</source>
        <translation>der Text &quot;{1}&quot;</translation>
    </message>
    <message>
        <source>this list</source>
        <translation>diese Liste</translation>
    </message>
    <message>
        <source>a section</source>
        <translation>ein Abschnitt</translation>
    </message>
    <message>
        <source>&apos;{1}&apos; is not a setting; did you mean &apos;{2}&apos;?</source>
        <translation>&apos;{1}&apos; ist keine Einstellung; meinten Sie &apos;{2}&apos;?</translation>
    </message>
    <message>
        <source>&apos;{1}&apos; is not a setting; known are: {2}.</source>
        <translation>&apos;{1}&apos; ist keine Einstellung; bekannt sind: {2}.</translation>
    </message>
    <message>
        <source>&apos;{1}&apos; is not a setting; the nearest is &apos;{2}&apos;, known are: {3}.</source>
        <translation>&apos;{1}&apos; ist keine Einstellung; am nächsten kommt &apos;{2}&apos;, bekannt sind: {3}.</translation>
    </message>
    <message>
        <source>&apos;{1}&apos; must be a finite number, not {2}.</source>
        <translation>&apos;{1}&apos; muss eine endliche Zahl sein, nicht {2}.</translation>
    </message>
    <message>
        <source>&apos;{1}&apos; must be greater than {2}, not {3}.</source>
        <translation>&apos;{1}&apos; muss größer als {2} sein, nicht {3}.</translation>
    </message>
    <message>
        <source>&apos;{1}&apos; must be at least {2}, not {3}.</source>
        <translation>&apos;{1}&apos; muss mindestens {2} sein, nicht {3}.</translation>
    </message>
    <message>
        <source>&apos;{1}&apos; must be from {2} to {3}, not {4}.</source>
        <translation>&apos;{1}&apos; muss zwischen {2} und {3} liegen, nicht bei {4}.</translation>
    </message>
    <message>
        <source>true or false</source>
        <translation>true oder false</translation>
    </message>
    <message>
        <source>a whole number of at least 0</source>
        <translation>eine ganze Zahl ab 0</translation>
    </message>
    <message>
        <source>a whole number</source>
        <translation>eine ganze Zahl</translation>
    </message>
    <message>
        <source>a number</source>
        <translation>eine Zahl</translation>
    </message>
    <message>
        <source>text</source>
        <translation>Text</translation>
    </message>
    <message>
        <source>a whole number, or &apos;at most&apos; and one</source>
        <translation>eine ganze Zahl, auch mit &apos;at most&apos; davor,</translation>
    </message>
    <message>
        <source>a section with keys of its own</source>
        <translation>ein Abschnitt mit eigenen Schlüsseln</translation>
    </message>
    <message>
        <source>one of: {1}</source>
        <translation>eines der Wörter {1}</translation>
    </message>
    <message>
        <source>a list &apos;[...]&apos;, each entry {1}</source>
        <translation>eine Liste &apos;[...]&apos; (je Eintrag {1})</translation>
    </message>
    <message>
        <source>{1} or null</source>
        <translation>{1} oder null</translation>
    </message>
    <message>
        <source>&apos;{1}&apos; must be {2}, not {3}.</source>
        <translation>Für &apos;{1}&apos; wird {2} erwartet, nicht {3}.</translation>
    </message>
    <message>
        <source>aliases (&apos;*name&apos;) are not supported; write the value out.</source>
        <translation>Aliasse (&apos;*name&apos;) werden nicht unterstützt; schreiben Sie den Wert aus.</translation>
    </message>
    <message>
        <source>tags (&apos;{1}&apos;) are not supported; leave it out.</source>
        <translation>Tags (&apos;{1}&apos;) werden nicht unterstützt; lassen Sie es weg.</translation>
    </message>
    <message>
        <source>a key must be a word.</source>
        <translation>ein Schlüssel muss ein Wort sein.</translation>
    </message>
    <message>
        <source>&apos;{1}&apos; stands twice, first in line {2}; keep one.</source>
        <translation>&apos;{1}&apos; steht zweimal da, zuerst in Zeile {2}; behalten Sie eines.</translation>
    </message>
    <message>
        <source>settings are expected, one &apos;key: value&apos; a line.</source>
        <translation>erwartet werden Einstellungen, je Zeile ein &apos;key: value&apos;.</translation>
    </message>
    <message>
        <source>{1}, line {2}: {3}</source>
        <translation>{1}, Zeile {2}: {3}</translation>
    </message>
    <message>
        <source>{1} holds more than one YAML document; keep the first.</source>
        <translation>{1} enthält mehr als ein YAML-Dokument; behalten Sie das erste.</translation>
    </message>
    <message>
        <source>not valid YAML ({1}).</source>
        <translation>kein gültiges YAML ({1}).</translation>
    </message>
    <message>
        <source>{1} cannot be read as YAML ({2}).</source>
        <translation>{1} lässt sich nicht als YAML lesen ({2}).</translation>
    </message>
    <message>
        <source>No session is open; open or create one first.</source>
        <translation>Keine Sitzung ist offen; öffnen Sie zuerst eine oder legen Sie eine an.</translation>
    </message>
    <message>
        <source>No network is open; open one first.</source>
        <translation>Kein Netz ist offen; öffnen Sie zuerst eines.</translation>
    </message>
    <message>
        <source>Something unexpected happened: {1}</source>
        <translation>Etwas Unerwartetes ist geschehen: {1}</translation>
    </message>
    <message>
        <source>give the path of a file.</source>
        <translation>geben Sie den Pfad einer Datei an.</translation>
    </message>
    <message>
        <source>&apos;{1}&apos; is not an architecture; known are {2}.</source>
        <translation>&apos;{1}&apos; ist keine Architektur; bekannt sind {2}.</translation>
    </message>
    <message>
        <source>a list of numbers or &apos;pixel&apos;</source>
        <translation>eine Liste von Zahlen oder &apos;pixel&apos;</translation>
    </message>
    <message>
        <source>a list of numbers</source>
        <translation>eine Liste von Zahlen</translation>
    </message>
    <message>
        <source>&apos;std&apos; does not go with &apos;mean: pixel&apos;; leave it out.</source>
        <translation>&apos;std&apos; passt nicht zu &apos;mean: pixel&apos;; lassen Sie es weg.</translation>
    </message>
    <message>
        <source>&apos;{1}&apos; needs both &apos;mean&apos; and &apos;std&apos;, one number per channel.</source>
        <translation>&apos;{1}&apos; braucht &apos;mean&apos; und &apos;std&apos; zusammen, mit einer Zahl je Kanal.</translation>
    </message>
    <message>
        <source>&apos;std&apos; has {1} numbers where &apos;mean&apos; has {2}; give one per channel in each.</source>
        <translation>&apos;std&apos; und &apos;mean&apos; haben verschieden viele Zahlen ({1} und {2}); geben Sie in beiden eine je Kanal an.</translation>
    </message>
    <message>
        <source>a list of outputs, names with outputs, or the path of a text file</source>
        <translation>eine Liste von Ausgängen, Namen mit Ausgängen oder der Pfad einer Textdatei</translation>
    </message>
    <message>
        <source>&apos;{1}&apos; must ascend.</source>
        <translation>&apos;{1}&apos; muss aufsteigen.</translation>
    </message>
    <message>
        <source>&apos;{1}&apos; must not be more than &apos;epochs&apos;.</source>
        <translation>&apos;{1}&apos; darf nicht größer als &apos;epochs&apos; sein.</translation>
    </message>
    <message>
        <source>&apos;data&apos; is missing; give a data set such as cifar10:DIRECTORY.</source>
        <translation>&apos;data&apos; fehlt; geben Sie einen Datensatz an, etwa cifar10:ORDNER.</translation>
    </message>
    <message>
        <source>&apos;{1}&apos; is not a UTF-8 path; rename the file or folder.</source>
        <translation>&apos;{1}&apos; ist kein UTF-8-Pfad; benennen Sie die Datei oder den Ordner um.</translation>
    </message>
    <message>
        <source>&apos;model&apos; is missing; give the file of the network to prune.</source>
        <translation>&apos;model&apos; fehlt; geben Sie die Datei des Netzes an, das verkleinert werden soll.</translation>
    </message>
    <message>
        <source>&apos;splits.validation&apos; must be at least 1: networks are judged by these images.</source>
        <translation>&apos;splits.validation&apos; muss mindestens 1 sein: Nach diesen Bildern werden die Netze beurteilt.</translation>
    </message>
    <message>
        <source>&apos;splits.calibration&apos; must be at least 4: candidates are compared on these images.</source>
        <translation>&apos;splits.calibration&apos; muss mindestens 4 sein: Auf diesen Bildern werden die Kandidaten verglichen.</translation>
    </message>
    <message>
        <source>&apos;architecture&apos; is missing; give its name.</source>
        <translation>&apos;architecture&apos; fehlt; geben Sie ihren Namen an.</translation>
    </message>
    <message>
        <source>&apos;{1}&apos; is not a file; give a YAML file.</source>
        <translation>&apos;{1}&apos; ist keine Datei; geben Sie eine YAML-Datei an.</translation>
    </message>
    <message>
        <source>&apos;{1}&apos; is too large to be settings; give a YAML file.</source>
        <translation>&apos;{1}&apos; ist zu groß für Einstellungen; geben Sie eine YAML-Datei an.</translation>
    </message>
    <message>
        <source>{1}: {2}</source>
        <translation>{1}: {2}</translation>
    </message>
    <message>
        <source>This is not a network graph written by Espalier.</source>
        <translation>Das ist kein Netzgraph, den Espalier geschrieben hat.</translation>
    </message>
    <message>
        <source>The network graph is of another version than 1; update Espalier.</source>
        <translation>Der Netzgraph hat eine andere Version als 1; aktualisieren Sie Espalier.</translation>
    </message>
    <message>
        <source>The network graph is damaged: a field is missing, unknown or of a wrong type.</source>
        <translation>Der Netzgraph ist beschädigt: Ein Feld fehlt, ist unbekannt oder hat den falschen Typ.</translation>
    </message>
    <message>
        <source>The network graph is damaged: {1}</source>
        <translation>Der Netzgraph ist beschädigt: {1}</translation>
    </message>
    <message>
        <source>The description of an iteration is damaged.</source>
        <translation>Die Beschreibung einer Iteration ist beschädigt.</translation>
    </message>
    <message>
        <source>The description of an iteration chooses a candidate it lacks.</source>
        <translation>Die Beschreibung einer Iteration wählt einen Kandidaten, den sie nicht enthält.</translation>
    </message>
    <message>
        <source>The description of the interrupted iteration is damaged.</source>
        <translation>Die Beschreibung der unterbrochenen Iteration ist beschädigt.</translation>
    </message>
    <message>
        <source>The description of the interrupted iteration chooses a candidate it lacks.</source>
        <translation>Die Beschreibung der unterbrochenen Iteration wählt einen Kandidaten, den sie nicht enthält.</translation>
    </message>
    <message>
        <source>The interrupted iteration is fine-tuned, but nothing was chosen.</source>
        <translation>Die unterbrochene Iteration wird gerade feinabgestimmt, aber nichts wurde gewählt.</translation>
    </message>
    <message>
        <source>The description of a network is damaged.</source>
        <translation>Die Beschreibung eines Netzes ist beschädigt.</translation>
    </message>
    <message>
        <source>The session lacks the network it was fine-tuning; undo the proposal.</source>
        <translation>In der Sitzung fehlt das Netz, das feinabgestimmt wurde; machen Sie den Vorschlag rückgängig.</translation>
    </message>
    <message>
        <source>storing a tensor</source>
        <translation>Speichern eines Tensors</translation>
    </message>
    <message>
        <source>The SHA-256 of a tensor could not be computed.</source>
        <translation>Der SHA-256 eines Tensors ließ sich nicht berechnen.</translation>
    </message>
    <message>
        <source>a network is missing.</source>
        <translation>Ein Netz fehlt.</translation>
    </message>
    <message>
        <source>momentum does not belong to its network.</source>
        <translation>Das Momentum gehört nicht zu seinem Netz.</translation>
    </message>
    <message>
        <source>reading a network</source>
        <translation>Lesen eines Netzes</translation>
    </message>
    <message>
        <source>a tensor differs from what was saved.</source>
        <translation>Ein Tensor ist anders, als er gespeichert wurde.</translation>
    </message>
    <message>
        <source>&apos;{1}&apos; is damaged: {2} Use a copy of it from before.</source>
        <translation>&apos;{1}&apos; ist beschädigt: {2} Nehmen Sie eine Kopie von früher.</translation>
    </message>
    <message>
        <source>&apos;{1}&apos; is not a preset; there are: {2}.</source>
        <translation>&apos;{1}&apos; ist keine Voreinstellung; es gibt: {2}.</translation>
    </message>
    <message>
        <source>&apos;{1}&apos; exists already; resume it, or give another session file.</source>
        <translation>&apos;{1}&apos; gibt es schon; setzen Sie die Sitzung fort oder geben Sie eine andere Sitzungsdatei an.</translation>
    </message>
    <message>
        <source>The session has no such iteration.</source>
        <translation>Die Sitzung hat keine solche Iteration.</translation>
    </message>
    <message>
        <source>The dense network has no parent to compare its layers with.</source>
        <translation>Das unbeschnittene Netz hat keinen Vorgänger, mit dem sich seine Schichten vergleichen ließen.</translation>
    </message>
    <message>
        <source>This is the dense network; there is nothing to undo.</source>
        <translation>Das ist das unbeschnittene Netz; es gibt nichts rückgängig zu machen.</translation>
    </message>
    <message>
        <source>&apos;{1}&apos; is not a session file of Espalier.</source>
        <translation>&apos;{1}&apos; ist keine Sitzungsdatei von Espalier.</translation>
    </message>
    <message>
        <source>&apos;{1}&apos; is damaged; use a copy of it from before.</source>
        <translation>&apos;{1}&apos; ist beschädigt; nehmen Sie eine Kopie von früher.</translation>
    </message>
    <message>
        <source>&apos;{1}&apos; was written by a newer Espalier; update Espalier to open it.</source>
        <translation>&apos;{1}&apos; wurde von einem neueren Espalier geschrieben; aktualisieren Sie Espalier, um die Datei zu öffnen.</translation>
    </message>
    <message>
        <source>&apos;{1}&apos; was written by an early version of Espalier, whose networks this one does not read; create the session anew.</source>
        <translation>&apos;{1}&apos; wurde von einer frühen Version von Espalier geschrieben, deren Netze diese nicht liest; legen Sie die Sitzung neu an.</translation>
    </message>
    <message>
        <source>The disk is full: &apos;{1}&apos; keeps what was saved before; free some space and try again.</source>
        <translation>Der Datenträger ist voll: &apos;{1}&apos; behält, was vorher gespeichert wurde; schaffen Sie Platz und versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>&apos;{1}&apos; could not be read or written ({2}); check the disk. What was saved before is kept.</source>
        <translation>&apos;{1}&apos; ließ sich nicht lesen oder schreiben ({2}); prüfen Sie den Datenträger. Was vorher gespeichert wurde, bleibt erhalten.</translation>
    </message>
    <message>
        <source>&apos;{1}&apos; cannot be written; check the permissions of the file and its folder.</source>
        <translation>&apos;{1}&apos; lässt sich nicht schreiben; prüfen Sie die Zugriffsrechte der Datei und ihres Ordners.</translation>
    </message>
    <message>
        <source>&apos;{1}&apos; cannot be opened; check the permissions of the file and its folder.</source>
        <translation>&apos;{1}&apos; lässt sich nicht öffnen; prüfen Sie die Zugriffsrechte der Datei und ihres Ordners.</translation>
    </message>
    <message>
        <source>&apos;{1}&apos; is in use by another program; wait until it is done and try again.</source>
        <translation>&apos;{1}&apos; wird von einem anderen Programm benutzt; warten Sie, bis es fertig ist, und versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>&apos;{1}&apos; is damaged ({2}); use a copy of it from before.</source>
        <translation>&apos;{1}&apos; ist beschädigt ({2}); nehmen Sie eine Kopie von früher.</translation>
    </message>
    <message>
        <source>&apos;{1}&apos; cannot hold a tensor of more than 1 GB; prune a smaller network.</source>
        <translation>&apos;{1}&apos; kann keinen Tensor von mehr als 1 GB aufnehmen; nehmen Sie ein kleineres Netz.</translation>
    </message>
    <message>
        <source>&apos;{1}&apos; could not be used: {2}.</source>
        <translation>&apos;{1}&apos; ließ sich nicht verwenden: {2}.</translation>
    </message>
    <message>
        <source>&apos;{1}&apos; is damaged: {2}</source>
        <translation>&apos;{1}&apos; ist beschädigt: {2}</translation>
    </message>
    <message>
        <source>&apos;{1}&apos; exists already; open it or give another name.</source>
        <translation>&apos;{1}&apos; gibt es schon; öffnen Sie die Datei oder geben Sie einen anderen Namen an.</translation>
    </message>
    <message>
        <source>There is no session file &apos;{1}&apos;.</source>
        <translation>Es gibt keine Sitzungsdatei &apos;{1}&apos;.</translation>
    </message>
    <message>
        <source>&apos;{1}&apos; cannot be reached ({2}).</source>
        <translation>&apos;{1}&apos; ist nicht erreichbar ({2}).</translation>
    </message>
    <message>
        <source>&apos;{1}&apos; is not a file; give a session file of Espalier.</source>
        <translation>&apos;{1}&apos; ist keine Datei; geben Sie eine Sitzungsdatei von Espalier an.</translation>
    </message>
    <message>
        <source>&apos;{1}&apos; has no iteration {2}.</source>
        <translation>&apos;{1}&apos; hat keine Iteration {2}.</translation>
    </message>
    <message>
        <source>its iterations are not in order.</source>
        <translation>Die Iterationen sind nicht in der richtigen Reihenfolge.</translation>
    </message>
    <message>
        <source>a checkpoint counts no epochs.</source>
        <translation>Ein Zwischenstand zählt keine Epochen.</translation>
    </message>
    <message>
        <source>&apos;{1}&apos; cannot be written; change its permissions or work on a copy ({2}).</source>
        <translation>&apos;{1}&apos; lässt sich nicht schreiben; ändern Sie die Zugriffsrechte oder arbeiten Sie mit einer Kopie ({2}).</translation>
    </message>
    <message>
        <source>&apos;{1}&apos; is being written by another Espalier; stop or close it there first.</source>
        <translation>&apos;{1}&apos; wird gerade von einem anderen Espalier geschrieben; halten Sie es dort zuerst an oder schließen Sie es.</translation>
    </message>
    <message>
        <source>&apos;{1}&apos; cannot be locked; copy it to a local disk ({2}).</source>
        <translation>&apos;{1}&apos; lässt sich nicht sperren; kopieren Sie die Datei auf einen lokalen Datenträger ({2}).</translation>
    </message>
    <message>
        <source>&apos;{1}&apos; cannot be created ({2}).</source>
        <translation>&apos;{1}&apos; lässt sich nicht anlegen ({2}).</translation>
    </message>
    <message>
        <source>&apos;{1}&apos; has no removable filter {2}.</source>
        <translation>&apos;{1}&apos; hat keinen entfernbaren Filter {2}.</translation>
    </message>
    <message>
        <source>Removing every channel of &apos;{1}&apos; would leave nothing; keep at least one.</source>
        <translation>Ohne alle Kanäle von &apos;{1}&apos; bliebe nichts übrig; behalten Sie mindestens einen.</translation>
    </message>
    <message>
        <source>&apos;{1}&apos; cannot lose a layer before it and channels around that layer at once; remove one after the other.</source>
        <translation>&apos;{1}&apos; kann nicht zugleich eine Schicht davor und Kanäle um diese Schicht herum verlieren; entfernen Sie eines nach dem anderen.</translation>
    </message>
    <message>
        <source>cutting the network</source>
        <translation>Zuschneiden des Netzes</translation>
    </message>
    <message>
        <source>The {1} split of {2} holds no images; give it some in the split settings.</source>
        <translation>Der Teil {1} von {2} enthält keine Bilder; geben Sie ihm welche in den Einstellungen der Aufteilung.</translation>
    </message>
    <message>
        <source>evaluating the network</source>
        <translation>Auswerten des Netzes</translation>
    </message>
    <message>
        <source>The loss is no longer finite in epoch {1} at a learning rate of {2}; lower the learning rate.</source>
        <translation>Der Verlust ist in Epoche {1} bei einer Lernrate von {2} nicht mehr endlich; senken Sie die Lernrate.</translation>
    </message>
    <message>
        <source>The {1} split of {2} holds no images to train on; hold out fewer.</source>
        <translation>Der Teil {1} von {2} enthält keine Bilder zum Trainieren; halten Sie weniger zurück.</translation>
    </message>
    <message>
        <source>training</source>
        <translation>Training</translation>
    </message>
    <message>
        <source>restoring batch norm</source>
        <translation>Wiedereinfügen der Batch-Norm</translation>
    </message>
    <message>
        <source>The number of epochs cannot be negative.</source>
        <translation>Die Zahl der Epochen kann nicht negativ sein.</translation>
    </message>
    <message>
        <source>Batch size and copies per epoch must be at least 1.</source>
        <translation>Batchgröße und Kopien je Epoche müssen mindestens 1 sein.</translation>
    </message>
    <message>
        <source>The learning rate must be above 0.</source>
        <translation>Die Lernrate muss über 0 liegen.</translation>
    </message>
    <message>
        <source>The momentum must lie between 0 and 1.</source>
        <translation>Das Momentum muss zwischen 0 und 1 liegen.</translation>
    </message>
    <message>
        <source>The weight decay cannot be negative.</source>
        <translation>Der Gewichtsabbau (weight decay) kann nicht negativ sein.</translation>
    </message>
    <message>
        <source>The label smoothing must lie between 0 and 1.</source>
        <translation>Die Glättung der Labels (label smoothing) muss zwischen 0 und 1 liegen.</translation>
    </message>
    <message>
        <source>The factor of the learning rate&apos;s steps (gamma) must be above 0.</source>
        <translation>Der Faktor für die Stufen der Lernrate (gamma) muss über 0 liegen.</translation>
    </message>
    <message>
        <source>The epochs of the learning rate&apos;s steps (milestones) must ascend.</source>
        <translation>Die Epochen der Stufen der Lernrate (milestones) müssen aufsteigen.</translation>
    </message>
    <message>
        <source>The padding of random crops cannot be negative.</source>
        <translation>Der Rand der zufälligen Ausschnitte kann nicht negativ sein.</translation>
    </message>
    <message>
        <source>has a record of a name that PyTorch does not write (&apos;{1}&apos;)</source>
        <translation>hat einen Eintrag mit einem Namen, den PyTorch nicht schreibt (&apos;{1}&apos;)</translation>
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
    <message>
        <source>Stopped. A file that was written by then was not checked.</source>
        <translation>Angehalten. Eine bis dahin geschriebene Datei wurde nicht geprüft.</translation>
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
