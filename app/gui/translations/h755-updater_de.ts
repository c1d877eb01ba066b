<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name>Diagnosis</name>
    <message>
        <source>The application runs</source>
        <translation>Die Anwendung läuft</translation>
    </message>
    <message>
        <source>It has confirmed itself. Its slots can be looked at in update mode.</source>
        <translation>Sie hat sich bestätigt. Ihre Slots lassen sich im Update-Modus ansehen.</translation>
    </message>
    <message>
        <source>The application runs on trial</source>
        <translation>Die Anwendung läuft auf Probe</translation>
    </message>
    <message>
        <source>It has not confirmed itself yet. If it does not, the device goes back to the release before it.</source>
        <translation>Sie hat sich noch nicht bestätigt. Bleibt das aus, kehrt das Gerät zum Release davor zurück.</translation>
    </message>
    <message>
        <source>The application cannot say what it is</source>
        <translation>Die Anwendung kann nicht sagen, was sie ist</translation>
    </message>
    <message>
        <source>The bootloader has left it no hand-off record. Its slots can be looked at in update mode.</source>
        <translation>Der Bootloader hat ihr keinen Übergabe-Eintrag hinterlassen. Ihre Slots lassen sich im Update-Modus ansehen.</translation>
    </message>
    <message>
        <source>The device is not connected</source>
        <translation>Das Gerät ist nicht verbunden</translation>
    </message>
    <message>
        <source>Plug it in again, on any port. No other device is taken instead.</source>
        <translation>Schließen Sie es wieder an, an einem beliebigen Anschluss. Kein anderes Gerät wird an seiner Stelle genommen.</translation>
    </message>
    <message>
        <source>The board is not provisioned</source>
        <translation>Die Platine ist nicht vorbereitet</translation>
    </message>
    <message>
        <source>Option byte BCM4 is 1: the M4 would start by itself. An ST-LINK can clear it, an update cannot.</source>
        <translation>Das Option-Byte BCM4 ist 1: Der M4 würde von selbst starten. Ein ST-LINK kann es löschen, ein Update nicht.</translation>
    </message>
    <message>
        <source>The bootloader has failed twice in a row</source>
        <translation>Der Bootloader hat zweimal hintereinander versagt</translation>
    </message>
    <message>
        <source>It does no more than it must now. Save a report before you repair.</source>
        <translation>Er tut jetzt nur noch das Nötigste. Speichern Sie einen Bericht, bevor Sie reparieren.</translation>
    </message>
    <message>
        <source>An update was not finished</source>
        <translation>Ein Update wurde nicht beendet</translation>
    </message>
    <message>
        <source>It goes on where it stopped, with the same release file. What the other slot holds is untouched.</source>
        <translation>Mit derselben Release-Datei geht es dort weiter, wo es aufgehört hat. Der Inhalt des anderen Slots ist unberührt.</translation>
    </message>
    <message>
        <source>No release can be started</source>
        <translation>Kein Release kann gestartet werden</translation>
    </message>
    <message>
        <source>Neither slot holds a release that verifies. One has to be written.</source>
        <translation>In keinem Slot ist ein Release, das die Prüfung besteht. Es muss eines geschrieben werden.</translation>
    </message>
    <message>
        <source>The release could not be put in place</source>
        <translation>Das Release kam nicht an seinen Platz</translation>
    </message>
    <message>
        <source>It is linked for slot A only, and copying it there has failed.</source>
        <translation>Es ist nur für Slot A gelinkt, und das Kopieren dorthin ist fehlgeschlagen.</translation>
    </message>
    <message>
        <source>The release has failed its trial</source>
        <translation>Das Release hat seine Probe nicht bestanden</translation>
    </message>
    <message>
        <source>It never confirmed itself, and there is no other one to go back to.</source>
        <translation>Es hat sich nie bestätigt, und es gibt kein anderes, zu dem das Gerät zurückkehren könnte.</translation>
    </message>
    <message>
        <source>The release starts, but it is not well</source>
        <translation>Das Release startet, aber es geht ihm nicht gut</translation>
    </message>
    <message>
        <source>Several starts in a row have ended before the application reported that it is healthy.</source>
        <translation>Mehrere Starts hintereinander endeten, bevor die Anwendung sich gesund gemeldet hat.</translation>
    </message>
    <message>
        <source>The device went back to its older release</source>
        <translation>Das Gerät ist zu seinem älteren Release zurückgekehrt</translation>
    </message>
    <message>
        <source>The newer one has failed its trial. The older one can be started.</source>
        <translation>Das neuere hat seine Probe nicht bestanden. Das ältere lässt sich starten.</translation>
    </message>
    <message>
        <source>Nothing is wrong</source>
        <translation>Alles ist in Ordnung</translation>
    </message>
    <message>
        <source>The device waits in update mode because someone asked for it. It can be started again.</source>
        <translation>Das Gerät wartet im Update-Modus, weil jemand darum gebeten hat. Es lässt sich wieder starten.</translation>
    </message>
    <message>
        <source>Start what is installed</source>
        <translation>Das Installierte starten</translation>
    </message>
    <message>
        <source>Restarts into the active slot. No firmware is written.</source>
        <translation>Startet aus dem aktiven Slot neu. Es wird keine Firmware geschrieben.</translation>
    </message>
    <message>
        <source>Start the other slot</source>
        <translation>Den anderen Slot starten</translation>
    </message>
    <message>
        <source>Makes the other release the active one and starts it. Both stay on the device.</source>
        <translation>Macht das andere Release zum aktiven und startet es. Beide bleiben auf dem Gerät.</translation>
    </message>
    <message>
        <source>Finish the update</source>
        <translation>Das Update beenden</translation>
    </message>
    <message>
        <source>Sends what the device lacks of the opened release and starts it. The active slot is not written.</source>
        <translation>Sendet, was dem Gerät vom geöffneten Release fehlt, und startet es. Der aktive Slot wird nicht beschrieben.</translation>
    </message>
    <message>
        <source>Write the other slot</source>
        <translation>Den anderen Slot schreiben</translation>
    </message>
    <message>
        <source>Writes the opened release into the slot that is not active and starts it there. The active slot is not written.</source>
        <translation>Schreibt das geöffnete Release in den Slot, der nicht aktiv ist, und startet es dort. Der aktive Slot wird nicht beschrieben.</translation>
    </message>
    <message>
        <source>Write both slots</source>
        <translation>Beide Slots schreiben</translation>
    </message>
    <message>
        <source>Writes the opened release into one slot, and into the other one only when the first has started and confirmed itself.</source>
        <translation>Schreibt das geöffnete Release in einen Slot, und in den anderen erst, wenn das erste gestartet ist und sich bestätigt hat.</translation>
    </message>
    <message>
        <source>Our device: its application runs</source>
        <translation>Unser Gerät: Die Anwendung läuft</translation>
    </message>
    <message>
        <source>Our device: in update mode</source>
        <translation>Unser Gerät: im Update-Modus</translation>
    </message>
    <message>
        <source>STM32 in its ROM loader</source>
        <translation>STM32 in seinem ROM-Lader</translation>
    </message>
    <message>
        <source>ST-LINK debug probe</source>
        <translation>Debug-Adapter ST-LINK</translation>
    </message>
    <message>
        <source>Hub</source>
        <translation>Hub</translation>
    </message>
    <message>
        <source>Another device</source>
        <translation>Ein anderes Gerät</translation>
    </message>
    <message>
        <source>Empty</source>
        <translation>Leer</translation>
    </message>
    <message>
        <source>A download was begun</source>
        <translation>Eine Übertragung wurde begonnen</translation>
    </message>
    <message>
        <source>Whole, starts next</source>
        <translation>Vollständig, startet als Nächstes</translation>
    </message>
    <message>
        <source>Whole, on trial</source>
        <translation>Vollständig, auf Probe</translation>
    </message>
    <message>
        <source>Whole and confirmed</source>
        <translation>Vollständig und bestätigt</translation>
    </message>
    <message>
        <source>Whole, but linked for slot A</source>
        <translation>Vollständig, aber für Slot A gelinkt</translation>
    </message>
    <message>
        <source>Has failed its trial</source>
        <translation>Hat die Probe nicht bestanden</translation>
    </message>
    <message>
        <source>Gave way before it was confirmed</source>
        <translation>Wurde vor der Bestätigung ersetzt</translation>
    </message>
    <message>
        <source>Damaged</source>
        <translation>Beschädigt</translation>
    </message>
    <message>
        <source>verified</source>
        <translation>geprüft</translation>
    </message>
    <message>
        <source>flash cannot be read (double-bit error)</source>
        <translation>Flash ist nicht lesbar (Doppelbitfehler)</translation>
    </message>
    <message>
        <source>no image header</source>
        <translation>kein Image-Kopf</translation>
    </message>
    <message>
        <source>wrong size of the header</source>
        <translation>falsche Größe des Kopfes</translation>
    </message>
    <message>
        <source>linked for another slot</source>
        <translation>für einen anderen Slot gelinkt</translation>
    </message>
    <message>
        <source>unknown image flags</source>
        <translation>unbekannte Flags im Image</translation>
    </message>
    <message>
        <source>wrong fill behind the header</source>
        <translation>falsche Füllung hinter dem Kopf</translation>
    </message>
    <message>
        <source>does not fit into the slot</source>
        <translation>passt nicht in den Slot</translation>
    </message>
    <message>
        <source>trailer lengths contradict each other</source>
        <translation>Längen im Anhang widersprechen sich</translation>
    </message>
    <message>
        <source>unknown trailer entry</source>
        <translation>unbekannter Eintrag im Anhang</translation>
    </message>
    <message>
        <source>trailer entry appears twice</source>
        <translation>Eintrag im Anhang ist doppelt</translation>
    </message>
    <message>
        <source>trailer entry in the wrong area</source>
        <translation>Eintrag im falschen Teil des Anhangs</translation>
    </message>
    <message>
        <source>trailer entry of the wrong length</source>
        <translation>Eintrag im Anhang hat die falsche Länge</translation>
    </message>
    <message>
        <source>trailer entry is missing</source>
        <translation>Eintrag im Anhang fehlt</translation>
    </message>
    <message>
        <source>unknown release flags</source>
        <translation>unbekannte Flags im Release</translation>
    </message>
    <message>
        <source>hash does not match</source>
        <translation>Hash stimmt nicht</translation>
    </message>
    <message>
        <source>signed with an unknown key</source>
        <translation>mit einem unbekannten Schlüssel signiert</translation>
    </message>
    <message>
        <source>signature does not match</source>
        <translation>Signatur stimmt nicht</translation>
    </message>
    <message>
        <source>for another product</source>
        <translation>für ein anderes Produkt</translation>
    </message>
    <message>
        <source>belongs to another release than the other core</source>
        <translation>gehört zu einem anderen Release als der andere Kern</translation>
    </message>
    <message>
        <source>does not match the other core&apos;s image</source>
        <translation>passt nicht zum Image des anderen Kerns</translation>
    </message>
    <message>
        <source>older than the device accepts</source>
        <translation>älter, als das Gerät annimmt</translation>
    </message>
    <message>
        <source>implausible vector table</source>
        <translation>unglaubwürdige Vektortabelle</translation>
    </message>
    <message>
        <source>no reason given</source>
        <translation>kein Grund angegeben</translation>
    </message>
    <message>
        <source>asked by the application or the computer</source>
        <translation>Bitte der Anwendung oder des Rechners</translation>
    </message>
    <message>
        <source>the button was held at the start</source>
        <translation>die Taste war beim Start gedrückt</translation>
    </message>
    <message>
        <source>it was reset twice in a row</source>
        <translation>zwei Resets hintereinander</translation>
    </message>
    <message>
        <source>starts without a report of health</source>
        <translation>Starts ohne Gesundmeldung</translation>
    </message>
    <message>
        <source>rescue window after the start</source>
        <translation>Rettungsfenster nach dem Start</translation>
    </message>
    <message>
        <source>no slot can be started</source>
        <translation>kein Slot ist startbar</translation>
    </message>
    <message>
        <source>the trial failed, without another release</source>
        <translation>Probe nicht bestanden, ohne anderes Release</translation>
    </message>
    <message>
        <source>option byte BCM4 is 1</source>
        <translation>Option-Byte BCM4 ist 1</translation>
    </message>
    <message>
        <source>two faults of the bootloader in a row</source>
        <translation>zwei Fehler des Bootloaders hintereinander</translation>
    </message>
    <message>
        <source>copying into slot A failed</source>
        <translation>Kopieren in Slot A fehlgeschlagen</translation>
    </message>
    <message>
        <source>good</source>
        <translation>gut</translation>
    </message>
    <message>
        <source>was lost and has been rebuilt</source>
        <translation>war verloren und wurde neu aufgebaut</translation>
    </message>
    <message>
        <source>can only be read</source>
        <translation>kann nur gelesen werden</translation>
    </message>
    <message>
        <source>crashed or hung too often during its trial</source>
        <translation>während der Probe zu oft abgestürzt oder stehen geblieben</translation>
    </message>
    <message>
        <source>switched off too often during its trial</source>
        <translation>während der Probe zu oft ausgeschaltet</translation>
    </message>
    <message>
        <source>another download began during its trial</source>
        <translation>während der Probe begann eine andere Übertragung</translation>
    </message>
    <message>
        <source>selected by the computer</source>
        <translation>vom Rechner ausgewählt</translation>
    </message>
    <message>
        <source>the check after the download failed</source>
        <translation>die Prüfung nach der Übertragung schlug fehl</translation>
    </message>
    <message>
        <source>it was whole once and no longer verifies</source>
        <translation>war einmal vollständig und besteht die Prüfung nicht mehr</translation>
    </message>
    <message>
        <source>the journal was rebuilt</source>
        <translation>das Journal wurde neu aufgebaut</translation>
    </message>
    <message>
        <source>left behind by a download that was cut</source>
        <translation>Rest einer abgebrochenen Übertragung</translation>
    </message>
    <message>
        <source>Open a release file first.</source>
        <translation>Öffnen Sie zuerst eine Release-Datei.</translation>
    </message>
    <message>
        <source>The device refuses the opened file: %1 (%2)</source>
        <translation>Das Gerät lehnt die geöffnete Datei ab: %1 (%2)</translation>
    </message>
</context>
<context>
    <name>ErrorText</name>
    <message>
        <source>Choose “Try again”.</source>
        <translation>Wählen Sie „Erneut versuchen“.</translation>
    </message>
    <message>
        <source>Unplug the device and plug it in again.</source>
        <translation>Ziehen Sie das Gerät ab und schließen Sie es wieder an.</translation>
    </message>
    <message>
        <source>Choose “Save report” and send the file to support.</source>
        <translation>Wählen Sie „Bericht speichern“ und senden Sie die Datei an den Kundendienst.</translation>
    </message>
    <message>
        <source>If this message comes again, choose “Save report” and send the file to support.</source>
        <translation>Wenn diese Meldung wieder erscheint, wählen Sie „Bericht speichern“ und senden Sie die Datei an den Kundendienst.</translation>
    </message>
    <message>
        <source>Get the file from the manufacturer again.</source>
        <translation>Holen Sie die Datei noch einmal vom Hersteller.</translation>
    </message>
    <message>
        <source>Open the new file here.</source>
        <translation>Öffnen Sie hier die neue Datei.</translation>
    </message>
    <message>
        <source>Install the newest version of this program.</source>
        <translation>Installieren Sie die neueste Version dieses Programms.</translation>
    </message>
    <message>
        <source>Get the newest update file from the manufacturer.</source>
        <translation>Holen Sie die neueste Update-Datei vom Hersteller.</translation>
    </message>
    <message>
        <source>Nothing on the device has changed.</source>
        <translation>Am Gerät hat sich nichts geändert.</translation>
    </message>
    <message>
        <source>Nothing is lost: the update continues where it stopped.</source>
        <translation>Es ist nichts verloren: Das Update geht dort weiter, wo es aufgehört hat.</translation>
    </message>
    <message>
        <source>The program was started in an unknown way</source>
        <translation>Das Programm wurde auf unbekannte Weise gestartet</translation>
    </message>
    <message>
        <source>It does not know one of the words it was started with.</source>
        <translation>Es kennt eines der Wörter nicht, mit denen es gestartet wurde.</translation>
    </message>
    <message>
        <source>Close this window and start the program by its icon.</source>
        <translation>Schließen Sie dieses Fenster und starten Sie das Programm über sein Symbol.</translation>
    </message>
    <message>
        <source>If you use a command line, --help lists the words that it knows.</source>
        <translation>Wenn Sie eine Befehlszeile benutzen: --help nennt die Wörter, die es kennt.</translation>
    </message>
    <message>
        <source>The file cannot be opened</source>
        <translation>Die Datei lässt sich nicht öffnen</translation>
    </message>
    <message>
        <source>It has moved, or your account may not open it.</source>
        <translation>Sie liegt nicht mehr dort, oder Ihr Benutzerkonto darf sie nicht öffnen.</translation>
    </message>
    <message>
        <source>Check that the file is still there.</source>
        <translation>Prüfen Sie, ob die Datei noch da ist.</translation>
    </message>
    <message>
        <source>Copy the file to your own documents and open the copy.</source>
        <translation>Kopieren Sie die Datei in Ihre eigenen Dokumente und öffnen Sie die Kopie.</translation>
    </message>
    <message>
        <source>The file cannot be saved</source>
        <translation>Die Datei lässt sich nicht speichern</translation>
    </message>
    <message>
        <source>The folder has no room left, or your account may not save there.</source>
        <translation>Im Ordner ist kein Platz mehr, oder Ihr Benutzerkonto darf dort nicht speichern.</translation>
    </message>
    <message>
        <source>Choose another folder, for example your documents.</source>
        <translation>Wählen Sie einen anderen Ordner, zum Beispiel Ihre Dokumente.</translation>
    </message>
    <message>
        <source>Save again.</source>
        <translation>Speichern Sie noch einmal.</translation>
    </message>
    <message>
        <source>No device found</source>
        <translation>Kein Gerät gefunden</translation>
    </message>
    <message>
        <source>The computer does not see the device.</source>
        <translation>Der Computer sieht das Gerät nicht.</translation>
    </message>
    <message>
        <source>Switch the device on.</source>
        <translation>Schalten Sie das Gerät ein.</translation>
    </message>
    <message>
        <source>Connect it with a data cable. Some cables only charge.</source>
        <translation>Schließen Sie es mit einem Datenkabel an. Manche Kabel laden nur.</translation>
    </message>
    <message>
        <source>Try another port of the computer.</source>
        <translation>Versuchen Sie einen anderen Anschluss am Computer.</translation>
    </message>
    <message>
        <source>More than one device is connected</source>
        <translation>Mehr als ein Gerät ist angeschlossen</translation>
    </message>
    <message>
        <source>The program does not choose one for you.</source>
        <translation>Das Programm wählt keines davon für Sie aus.</translation>
    </message>
    <message>
        <source>Choose your device from the list.</source>
        <translation>Wählen Sie Ihr Gerät aus der Liste.</translation>
    </message>
    <message>
        <source>Or unplug the other devices.</source>
        <translation>Oder ziehen Sie die anderen Geräte ab.</translation>
    </message>
    <message>
        <source>The chosen device is not connected</source>
        <translation>Das gewählte Gerät ist nicht angeschlossen</translation>
    </message>
    <message>
        <source>Other devices are left alone.</source>
        <translation>Andere Geräte bleiben unberührt.</translation>
    </message>
    <message>
        <source>Connect the device that you chose. Any port will do.</source>
        <translation>Schließen Sie das gewählte Gerät an. Jeder Anschluss ist recht.</translation>
    </message>
    <message>
        <source>Or choose another device from the list.</source>
        <translation>Oder wählen Sie ein anderes Gerät aus der Liste.</translation>
    </message>
    <message>
        <source>The computer does not allow access to the device</source>
        <translation>Der Computer erlaubt keinen Zugriff auf das Gerät</translation>
    </message>
    <message>
        <source>The device is fine. Your account has no permission to use it yet.</source>
        <translation>Das Gerät ist in Ordnung. Ihr Benutzerkonto darf es noch nicht benutzen.</translation>
    </message>
    <message>
        <source>Choose “Allow access…” and confirm.</source>
        <translation>Wählen Sie „Zugriff erlauben …“ und bestätigen Sie.</translation>
    </message>
    <message>
        <source>The computer is not ready for the device</source>
        <translation>Der Computer ist für das Gerät noch nicht bereit</translation>
    </message>
    <message>
        <source>The driver that lets the computer talk to the device is missing.</source>
        <translation>Der Treiber fehlt, über den der Computer mit dem Gerät spricht.</translation>
    </message>
    <message>
        <source>Unplug the device, plug it in again and wait one minute.</source>
        <translation>Ziehen Sie das Gerät ab, schließen Sie es wieder an und warten Sie eine Minute.</translation>
    </message>
    <message>
        <source>Restart the computer.</source>
        <translation>Starten Sie den Computer neu.</translation>
    </message>
    <message>
        <source>Another program is using the device</source>
        <translation>Ein anderes Programm benutzt das Gerät</translation>
    </message>
    <message>
        <source>Only one program at a time can use the device.</source>
        <translation>Das Gerät kann immer nur von einem Programm benutzt werden.</translation>
    </message>
    <message>
        <source>Close other programs that use the device.</source>
        <translation>Schließen Sie andere Programme, die das Gerät benutzen.</translation>
    </message>
    <message>
        <source>The file is too large</source>
        <translation>Die Datei ist zu groß</translation>
    </message>
    <message>
        <source>No update file is as large as this one.</source>
        <translation>Keine Update-Datei ist so groß wie diese.</translation>
    </message>
    <message>
        <source>Check that you chose the right file. Its name ends in .h755.</source>
        <translation>Prüfen Sie, ob Sie die richtige Datei gewählt haben. Ihr Name endet auf .h755.</translation>
    </message>
    <message>
        <source>This is not an update file</source>
        <translation>Das ist keine Update-Datei</translation>
    </message>
    <message>
        <source>The name of an update file ends in .h755.</source>
        <translation>Der Name einer Update-Datei endet auf .h755.</translation>
    </message>
    <message>
        <source>Choose a file whose name ends in .h755.</source>
        <translation>Wählen Sie eine Datei, deren Name auf .h755 endet.</translation>
    </message>
    <message>
        <source>If the file has that name, get it from the manufacturer again.</source>
        <translation>Wenn die Datei so heißt, holen Sie sie noch einmal vom Hersteller.</translation>
    </message>
    <message>
        <source>The update file is damaged</source>
        <translation>Die Update-Datei ist beschädigt</translation>
    </message>
    <message>
        <source>A part of it is missing or was changed on the way.</source>
        <translation>Ein Teil fehlt oder wurde unterwegs verändert.</translation>
    </message>
    <message>
        <source>The update file cannot be trusted</source>
        <translation>Der Update-Datei ist nicht zu trauen</translation>
    </message>
    <message>
        <source>It is not what the manufacturer made.</source>
        <translation>Sie ist nicht so, wie der Hersteller sie gemacht hat.</translation>
    </message>
    <message>
        <source>Do not use this file any more.</source>
        <translation>Verwenden Sie diese Datei nicht mehr.</translation>
    </message>
    <message>
        <source>Get the file straight from the manufacturer.</source>
        <translation>Holen Sie die Datei direkt vom Hersteller.</translation>
    </message>
    <message>
        <source>The origin of the update file is unknown</source>
        <translation>Die Herkunft der Update-Datei ist unbekannt</translation>
    </message>
    <message>
        <source>This program does not know who signed it.</source>
        <translation>Dieses Programm weiß nicht, wer sie unterschrieben hat.</translation>
    </message>
    <message>
        <source>The update file cannot be understood</source>
        <translation>Die Update-Datei ist nicht zu verstehen</translation>
    </message>
    <message>
        <source>It is newer than this program, or damaged.</source>
        <translation>Sie ist neuer als dieses Programm oder beschädigt.</translation>
    </message>
    <message>
        <source>The update file is newer than this program</source>
        <translation>Die Update-Datei ist neuer als dieses Programm</translation>
    </message>
    <message>
        <source>A newer version of the program can open it.</source>
        <translation>Eine neuere Version des Programms kann sie öffnen.</translation>
    </message>
    <message>
        <source>Open the file again.</source>
        <translation>Öffnen Sie die Datei noch einmal.</translation>
    </message>
    <message>
        <source>The update file does not fit the device</source>
        <translation>Die Update-Datei passt nicht zum Gerät</translation>
    </message>
    <message>
        <source>What is in it cannot run on the device.</source>
        <translation>Ihr Inhalt läuft nicht auf dem Gerät.</translation>
    </message>
    <message>
        <source>Get an update file for this product from the manufacturer.</source>
        <translation>Holen Sie eine Update-Datei für dieses Produkt vom Hersteller.</translation>
    </message>
    <message>
        <source>The update is for another product</source>
        <translation>Das Update ist für ein anderes Produkt</translation>
    </message>
    <message>
        <source>Read the name of your product on the device.</source>
        <translation>Lesen Sie den Namen Ihres Produkts am Gerät ab.</translation>
    </message>
    <message>
        <source>Get the update file for this product.</source>
        <translation>Holen Sie die Update-Datei für dieses Produkt.</translation>
    </message>
    <message>
        <source>The update is for another model of the product</source>
        <translation>Das Update ist für ein anderes Modell des Produkts</translation>
    </message>
    <message>
        <source>The product exists in several models.</source>
        <translation>Das Produkt gibt es in mehreren Modellen.</translation>
    </message>
    <message>
        <source>Ask support for the update file for your model.</source>
        <translation>Fragen Sie den Kundendienst nach der Update-Datei für Ihr Modell.</translation>
    </message>
    <message>
        <source>The update is too old</source>
        <translation>Das Update ist zu alt</translation>
    </message>
    <message>
        <source>For your safety, the device does not go back that far.</source>
        <translation>Zu Ihrer Sicherheit geht das Gerät nicht so weit zurück.</translation>
    </message>
    <message>
        <source>The update is no longer valid</source>
        <translation>Das Update ist nicht mehr gültig</translation>
    </message>
    <message>
        <source>The manufacturer signs newer updates in another way.</source>
        <translation>Der Hersteller unterschreibt neuere Updates auf andere Weise.</translation>
    </message>
    <message>
        <source>The device must be prepared for this update</source>
        <translation>Das Gerät muss auf dieses Update vorbereitet werden</translation>
    </message>
    <message>
        <source>Only support can do that.</source>
        <translation>Das kann nur der Kundendienst.</translation>
    </message>
    <message>
        <source>Keep using the device as it is.</source>
        <translation>Benutzen Sie das Gerät weiter wie bisher.</translation>
    </message>
    <message>
        <source>Another update comes first</source>
        <translation>Vorher kommt ein anderes Update</translation>
    </message>
    <message>
        <source>The step from the installed version to this one is too large.</source>
        <translation>Der Schritt von der installierten Version zu dieser ist zu groß.</translation>
    </message>
    <message>
        <source>Read in the details which version comes first.</source>
        <translation>Lesen Sie in den Einzelheiten, welche Version zuerst kommt.</translation>
    </message>
    <message>
        <source>Get that version from the manufacturer and install it.</source>
        <translation>Holen Sie diese Version vom Hersteller und installieren Sie sie.</translation>
    </message>
    <message>
        <source>Then install this update.</source>
        <translation>Installieren Sie danach dieses Update.</translation>
    </message>
    <message>
        <source>The device does not accept the update</source>
        <translation>Das Gerät nimmt das Update nicht an</translation>
    </message>
    <message>
        <source>The device could not store the update</source>
        <translation>Das Gerät konnte das Update nicht speichern</translation>
    </message>
    <message>
        <source>Its memory did not keep the new version. The version that is already on the device stays as it is.</source>
        <translation>Sein Speicher hat die neue Version nicht behalten. Die Version, die schon auf dem Gerät ist, bleibt, wie sie ist.</translation>
    </message>
    <message>
        <source>The device did not accept the finished update</source>
        <translation>Das Gerät hat das fertige Update nicht angenommen</translation>
    </message>
    <message>
        <source>Its own check found a difference. The version that is already on the device stays as it is.</source>
        <translation>Bei seiner eigenen Prüfung fand es eine Abweichung. Die Version, die schon auf dem Gerät ist, bleibt, wie sie ist.</translation>
    </message>
    <message>
        <source>If this message comes again, get the update file again.</source>
        <translation>Wenn diese Meldung wieder erscheint, holen Sie die Update-Datei noch einmal.</translation>
    </message>
    <message>
        <source>The device takes no more updates</source>
        <translation>Das Gerät nimmt keine Updates mehr an</translation>
    </message>
    <message>
        <source>It can no longer note what it has done. It works on with the version it has.</source>
        <translation>Es kann nicht mehr festhalten, was es getan hat. Mit seiner jetzigen Version arbeitet es weiter.</translation>
    </message>
    <message>
        <source>The device was not set up completely</source>
        <translation>Das Gerät wurde nicht vollständig eingerichtet</translation>
    </message>
    <message>
        <source>A setting from the factory is missing. Only support can make it.</source>
        <translation>Eine Einstellung aus dem Werk fehlt. Nur der Kundendienst kann sie vornehmen.</translation>
    </message>
    <message>
        <source>The device cannot do this now</source>
        <translation>Das Gerät kann das jetzt nicht</translation>
    </message>
    <message>
        <source>It is in the middle of something else. Nothing is lost.</source>
        <translation>Es ist gerade mit etwas anderem beschäftigt. Es ist nichts verloren.</translation>
    </message>
    <message>
        <source>The connection to the device was lost</source>
        <translation>Die Verbindung zum Gerät ist abgerissen</translation>
    </message>
    <message>
        <source>Plug the device in again. Any port will do.</source>
        <translation>Schließen Sie das Gerät wieder an. Jeder Anschluss ist recht.</translation>
    </message>
    <message>
        <source>If it happens often, use another cable.</source>
        <translation>Wenn das öfter geschieht, nehmen Sie ein anderes Kabel.</translation>
    </message>
    <message>
        <source>The connection to the device is not steady</source>
        <translation>Die Verbindung zum Gerät ist nicht stabil</translation>
    </message>
    <message>
        <source>Try another cable.</source>
        <translation>Versuchen Sie ein anderes Kabel.</translation>
    </message>
    <message>
        <source>Try another port, or a hub between computer and device.</source>
        <translation>Versuchen Sie einen anderen Anschluss oder einen Hub zwischen Computer und Gerät.</translation>
    </message>
    <message>
        <source>The answer of the device makes no sense</source>
        <translation>Die Antwort des Geräts ergibt keinen Sinn</translation>
    </message>
    <message>
        <source>The connection is disturbed, or this is another device. Nothing is lost.</source>
        <translation>Die Verbindung ist gestört, oder es ist ein anderes Gerät. Es ist nichts verloren.</translation>
    </message>
    <message>
        <source>The device is newer than this program</source>
        <translation>Das Gerät ist neuer als dieses Programm</translation>
    </message>
    <message>
        <source>A newer version of the program can talk to it.</source>
        <translation>Eine neuere Version des Programms kann mit ihm sprechen.</translation>
    </message>
    <message>
        <source>The device does not answer</source>
        <translation>Das Gerät antwortet nicht</translation>
    </message>
    <message>
        <source>It is connected, but silent. Nothing is lost.</source>
        <translation>Es ist angeschlossen, aber still. Es ist nichts verloren.</translation>
    </message>
    <message>
        <source>Unplug the device, wait five seconds and plug it in again.</source>
        <translation>Ziehen Sie das Gerät ab, warten Sie fünf Sekunden und schließen Sie es wieder an.</translation>
    </message>
    <message>
        <source>If it stays silent, try another port.</source>
        <translation>Wenn es still bleibt, versuchen Sie einen anderen Anschluss.</translation>
    </message>
    <message>
        <source>The device has not come back</source>
        <translation>Das Gerät ist nicht zurückgekommen</translation>
    </message>
    <message>
        <source>It restarts during an update, which should take a few seconds.</source>
        <translation>Bei einem Update startet es neu, was wenige Sekunden dauern sollte.</translation>
    </message>
    <message>
        <source>Unplug the device and plug it in again. Any port will do.</source>
        <translation>Ziehen Sie das Gerät ab und schließen Sie es wieder an. Jeder Anschluss ist recht.</translation>
    </message>
    <message>
        <source>Check that it is switched on.</source>
        <translation>Prüfen Sie, ob es eingeschaltet ist.</translation>
    </message>
    <message>
        <source>The device is busy for too long</source>
        <translation>Das Gerät ist zu lange beschäftigt</translation>
    </message>
    <message>
        <source>The new version is not confirmed yet</source>
        <translation>Die neue Version ist noch nicht bestätigt</translation>
    </message>
    <message>
        <source>The device runs it, but has not reported that all is well. Without that report it goes back to the previous version by itself.</source>
        <translation>Das Gerät benutzt sie, hat aber noch nicht gemeldet, dass alles in Ordnung ist. Ohne diese Meldung kehrt es von selbst zur vorigen Version zurück.</translation>
    </message>
    <message>
        <source>Leave the device switched on for one minute.</source>
        <translation>Lassen Sie das Gerät eine Minute lang eingeschaltet.</translation>
    </message>
    <message>
        <source>This took longer than expected</source>
        <translation>Das hat länger gedauert als erwartet</translation>
    </message>
    <message>
        <source>The program has stopped waiting.</source>
        <translation>Das Programm wartet nicht weiter.</translation>
    </message>
    <message>
        <source>If it is slow again, try another port or another cable.</source>
        <translation>Wenn es wieder langsam ist, versuchen Sie einen anderen Anschluss oder ein anderes Kabel.</translation>
    </message>
    <message>
        <source>The device went back to the previous version</source>
        <translation>Das Gerät ist zur vorigen Version zurückgekehrt</translation>
    </message>
    <message>
        <source>The new version did not start properly. The device works as before.</source>
        <translation>Die neue Version ist nicht richtig gestartet. Das Gerät arbeitet wie zuvor.</translation>
    </message>
    <message>
        <source>Wait for another update.</source>
        <translation>Warten Sie auf ein anderes Update.</translation>
    </message>
    <message>
        <source>The update does not get any further</source>
        <translation>Das Update kommt nicht weiter</translation>
    </message>
    <message>
        <source>The device returns to the same point again and again. Nothing is lost.</source>
        <translation>Das Gerät kehrt immer wieder an dieselbe Stelle zurück. Es ist nichts verloren.</translation>
    </message>
    <message>
        <source>The new version did not start</source>
        <translation>Die neue Version ist nicht gestartet</translation>
    </message>
    <message>
        <source>The device has no other version to go back to. It waits for an update and can be repaired here.</source>
        <translation>Das Gerät hat keine andere Version, zu der es zurückkehren kann. Es wartet auf ein Update und lässt sich hier reparieren.</translation>
    </message>
    <message>
        <source>Get another update file for this product from the manufacturer.</source>
        <translation>Holen Sie eine andere Update-Datei für dieses Produkt vom Hersteller.</translation>
    </message>
    <message>
        <source>Open the new file here and choose “Repair”.</source>
        <translation>Öffnen Sie hier die neue Datei und wählen Sie „Reparieren“.</translation>
    </message>
    <message>
        <source>Something unexpected happened</source>
        <translation>Etwas Unerwartetes ist geschehen</translation>
    </message>
    <message>
        <source>This is a mistake in the program, not yours. You can unplug the device at any time.</source>
        <translation>Das ist ein Fehler im Programm, nicht Ihrer. Sie können das Gerät jederzeit abziehen.</translation>
    </message>
    <message>
        <source>If this message comes again, start the program again.</source>
        <translation>Wenn diese Meldung wieder erscheint, starten Sie das Programm neu.</translation>
    </message>
    <message>
        <source>The update is cancelled</source>
        <translation>Das Update ist abgebrochen</translation>
    </message>
    <message>
        <source>The device starts as before.</source>
        <translation>Das Gerät startet wie zuvor.</translation>
    </message>
    <message>
        <source>To go on, choose “Try again”. The update continues where it stopped.</source>
        <translation>Um weiterzumachen, wählen Sie „Erneut versuchen“. Das Update geht dort weiter, wo es aufgehört hat.</translation>
    </message>
    <message>
        <source>The file is not made for this device. The version that is already on the device stays as it is.</source>
        <translation>Die Datei ist nicht für dieses Gerät gemacht. Die Version, die schon auf dem Gerät ist, bleibt, wie sie ist.</translation>
    </message>
    <message>
        <source>Some data did not arrive.</source>
        <translation>Einige Daten sind nicht angekommen.</translation>
    </message>
    <message>
        <source>This is another device</source>
        <translation>Das ist ein anderes Gerät</translation>
    </message>
    <message>
        <source>Its chip is not the one that this program is for.</source>
        <translation>Sein Chip ist nicht der, für den dieses Programm gemacht ist.</translation>
    </message>
    <message>
        <source>Connect a device that fits this program.</source>
        <translation>Verbinden Sie ein Gerät, das zu diesem Programm passt.</translation>
    </message>
    <message>
        <source>The device&apos;s memory is locked</source>
        <translation>Der Speicher des Geräts ist gesperrt</translation>
    </message>
    <message>
        <source>A lock from the factory keeps the program from writing. Only support can remove it.</source>
        <translation>Eine Sperre aus dem Werk hindert das Programm am Schreiben. Nur der Kundendienst kann sie aufheben.</translation>
    </message>
    <message>
        <source>No debug probe was found</source>
        <translation>Keine Debug-Sonde gefunden</translation>
    </message>
    <message>
        <source>The computer does not see the ST-LINK.</source>
        <translation>Der Computer sieht den ST-LINK nicht.</translation>
    </message>
    <message>
        <source>Connect the ST-LINK with a data cable.</source>
        <translation>Verbinden Sie den ST-LINK mit einem Datenkabel.</translation>
    </message>
    <message>
        <source>If several are connected, check the serial number that you gave.</source>
        <translation>Wenn mehrere verbunden sind, prüfen Sie die angegebene Seriennummer.</translation>
    </message>
    <message>
        <source>The debug probe is at another device</source>
        <translation>Die Debug-Sonde steckt an einem anderen Gerät</translation>
    </message>
    <message>
        <source>Its id is not the one that you typed.</source>
        <translation>Seine Kennung ist nicht die, die Sie eingegeben haben.</translation>
    </message>
    <message>
        <source>Compare both ids.</source>
        <translation>Vergleichen Sie beide Kennungen.</translation>
    </message>
    <message>
        <source>Connect the probe to the device that you mean.</source>
        <translation>Verbinden Sie die Sonde mit dem Gerät, das Sie meinen.</translation>
    </message>
    <message>
        <source>The program for the debug probe is missing</source>
        <translation>Das Programm für die Debug-Sonde fehlt</translation>
    </message>
    <message>
        <source>OpenOCD drives the ST-LINK. It is not installed, or cannot be started.</source>
        <translation>OpenOCD steuert den ST-LINK. Es ist nicht installiert oder lässt sich nicht starten.</translation>
    </message>
    <message>
        <source>Install OpenOCD 0.12 or newer.</source>
        <translation>Installieren Sie OpenOCD 0.12 oder neuer.</translation>
    </message>
    <message>
        <source>The chip&apos;s settings do not fit the product</source>
        <translation>Die Einstellungen des Chips passen nicht zum Produkt</translation>
    </message>
    <message>
        <source>What the factory sets in it is not what this product needs.</source>
        <translation>Was das Werk darin einstellt, ist nicht so, wie dieses Produkt es braucht.</translation>
    </message>
    <message>
        <source>Read in the details which one is meant.</source>
        <translation>Lesen Sie in den Einzelheiten, welches gemeint ist.</translation>
    </message>
    <message>
        <source>The debug probe does not reach the chip</source>
        <translation>Die Debug-Sonde erreicht den Chip nicht</translation>
    </message>
    <message>
        <source>The probe answers, the chip behind it does not.</source>
        <translation>Die Sonde antwortet, der Chip dahinter nicht.</translation>
    </message>
    <message>
        <source>Switch the device on and check the cable from the probe to it.</source>
        <translation>Schalten Sie das Gerät ein und prüfen Sie das Kabel von der Sonde dorthin.</translation>
    </message>
    <message>
        <source>If that does not help: switch the device on while you hold BOOT0.</source>
        <translation>Wenn das nicht hilft: Schalten Sie das Gerät ein, während Sie BOOT0 halten.</translation>
    </message>
</context>
<context>
    <name>HelpText</name>
    <message>
        <source>The cable may only charge</source>
        <translation>Vielleicht kann das Kabel nur laden</translation>
    </message>
    <message>
        <source>Some cables carry power but no data. The device then lights up, but the computer does not see it.</source>
        <translation>Manche Kabel übertragen Strom, aber keine Daten. Das Gerät leuchtet dann, aber der Computer sieht es nicht.</translation>
    </message>
    <message>
        <source>Use the cable that came with the device, or another data cable.</source>
        <translation>Nehmen Sie das Kabel, das beim Gerät war, oder ein anderes Datenkabel.</translation>
    </message>
    <message>
        <source>Push both plugs in firmly.</source>
        <translation>Stecken Sie beide Stecker fest ein.</translation>
    </message>
    <message>
        <source>Switch the device on.</source>
        <translation>Schalten Sie das Gerät ein.</translation>
    </message>
    <message>
        <source>Wait ten seconds. The device appears here by itself.</source>
        <translation>Warten Sie zehn Sekunden. Das Gerät erscheint hier von selbst.</translation>
    </message>
    <message>
        <source>The port or the hub may be the cause</source>
        <translation>Vielleicht liegt es am Anschluss oder am Hub</translation>
    </message>
    <message>
        <source>A hub, a dock or a worn port can interrupt the connection.</source>
        <translation>Ein Hub, eine Dockingstation oder ein abgenutzter Anschluss kann die Verbindung unterbrechen.</translation>
    </message>
    <message>
        <source>Plug the device straight into the computer, without a hub.</source>
        <translation>Schließen Sie das Gerät direkt am Computer an, ohne Hub.</translation>
    </message>
    <message>
        <source>Try a port on another side of the computer.</source>
        <translation>Versuchen Sie einen Anschluss auf einer anderen Seite des Computers.</translation>
    </message>
    <message>
        <source>If it was plugged in straight before, try it with a hub in between.</source>
        <translation>Wenn es schon direkt angeschlossen war, versuchen Sie es mit einem Hub dazwischen.</translation>
    </message>
    <message>
        <source>If nothing helps, restart the computer.</source>
        <translation>Wenn nichts hilft, starten Sie den Computer neu.</translation>
    </message>
    <message>
        <source>The computer does not allow access</source>
        <translation>Der Computer erlaubt keinen Zugriff</translation>
    </message>
    <message>
        <source>The device is fine. Your account on this computer has no permission to use it yet.</source>
        <translation>Das Gerät ist in Ordnung. Ihr Benutzerkonto auf diesem Computer darf es noch nicht benutzen.</translation>
    </message>
    <message>
        <source>Choose “Allow access…”.</source>
        <translation>Wählen Sie „Zugriff erlauben …“.</translation>
    </message>
    <message>
        <source>Confirm when the computer asks. It may ask for a password.</source>
        <translation>Bestätigen Sie, wenn der Computer fragt. Er kann ein Passwort verlangen.</translation>
    </message>
    <message>
        <source>Unplug the device and plug it in again.</source>
        <translation>Ziehen Sie das Gerät ab und schließen Sie es wieder an.</translation>
    </message>
    <message>
        <source>Allow access…</source>
        <translation>Zugriff erlauben …</translation>
    </message>
    <message>
        <source>The driver may be missing</source>
        <translation>Vielleicht fehlt der Treiber</translation>
    </message>
    <message>
        <source>A driver lets the computer talk to the device. The computer sets it up by itself, which can take a minute the first time.</source>
        <translation>Über einen Treiber spricht der Computer mit dem Gerät. Der Computer richtet ihn von selbst ein; das kann beim ersten Mal eine Minute dauern.</translation>
    </message>
    <message>
        <source>Unplug the device, plug it in again and wait one minute.</source>
        <translation>Ziehen Sie das Gerät ab, schließen Sie es wieder an und warten Sie eine Minute.</translation>
    </message>
    <message>
        <source>Try another port of the computer.</source>
        <translation>Versuchen Sie einen anderen Anschluss am Computer.</translation>
    </message>
    <message>
        <source>Restart the computer, then plug the device in again.</source>
        <translation>Starten Sie den Computer neu und schließen Sie das Gerät danach wieder an.</translation>
    </message>
    <message>
        <source>Another program may be using the device</source>
        <translation>Vielleicht benutzt ein anderes Programm das Gerät</translation>
    </message>
    <message>
        <source>Only one program at a time can use the device.</source>
        <translation>Das Gerät kann immer nur von einem Programm benutzt werden.</translation>
    </message>
    <message>
        <source>Close other programs that use the device.</source>
        <translation>Schließen Sie andere Programme, die das Gerät benutzen.</translation>
    </message>
    <message>
        <source>If somebody else is logged in on this computer, log them out.</source>
        <translation>Wenn an diesem Computer noch jemand angemeldet ist, melden Sie diese Person ab.</translation>
    </message>
    <message>
        <source>The update file may be the cause</source>
        <translation>Vielleicht liegt es an der Update-Datei</translation>
    </message>
    <message>
        <source>The file must arrive here exactly as the manufacturer made it. The program checks that before it changes anything on the device.</source>
        <translation>Die Datei muss hier genau so ankommen, wie der Hersteller sie gemacht hat. Das Programm prüft das, bevor es am Gerät etwas ändert.</translation>
    </message>
    <message>
        <source>Get the update file for your product from the manufacturer.</source>
        <translation>Holen Sie die Update-Datei für Ihr Produkt vom Hersteller.</translation>
    </message>
    <message>
        <source>Keep the file as it is: do not unpack it and do not rename it. Its name ends in .h755.</source>
        <translation>Lassen Sie die Datei, wie sie ist: Entpacken Sie sie nicht und benennen Sie sie nicht um. Ihr Name endet auf .h755.</translation>
    </message>
    <message>
        <source>Open the file here.</source>
        <translation>Öffnen Sie die Datei hier.</translation>
    </message>
    <message>
        <source>The device needs our help</source>
        <translation>Das Gerät braucht unsere Hilfe</translation>
    </message>
    <message>
        <source>This cannot be repaired from here. A report tells support what happened, so that the first answer can already help.</source>
        <translation>Von hier aus lässt sich das nicht beheben. Ein Bericht sagt dem Kundendienst, was geschehen ist, damit schon die erste Antwort helfen kann.</translation>
    </message>
    <message>
        <source>If the device works, keep using it.</source>
        <translation>Wenn das Gerät arbeitet, benutzen Sie es weiter.</translation>
    </message>
    <message>
        <source>Choose “Save report” and send the file to support.</source>
        <translation>Wählen Sie „Bericht speichern“ und senden Sie die Datei an den Kundendienst.</translation>
    </message>
    <message>
        <source>Name the code that is shown with the message.</source>
        <translation>Nennen Sie den Code, der bei der Meldung steht.</translation>
    </message>
</context>
<context>
    <name>Inspector</name>
    <message>
        <source>Connection</source>
        <translation>Verbindung</translation>
    </message>
    <message>
        <source>Serial number</source>
        <translation>Seriennummer</translation>
    </message>
    <message>
        <source>USB port</source>
        <translation>USB-Anschluss</translation>
    </message>
    <message>
        <source>USB ids</source>
        <translation>USB-Kennungen</translation>
    </message>
    <message>
        <source>Version told to USB</source>
        <translation>Version gegenüber USB</translation>
    </message>
    <message>
        <source>Mode</source>
        <translation>Betriebsart</translation>
    </message>
    <message>
        <source>Application</source>
        <translation>Anwendung</translation>
    </message>
    <message>
        <source>Product</source>
        <translation>Produkt</translation>
    </message>
    <message>
        <source>Slot</source>
        <translation>Slot</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>Release</source>
        <translation>Release</translation>
    </message>
    <message>
        <source>M7 version</source>
        <translation>M7-Version</translation>
    </message>
    <message>
        <source>M4 version</source>
        <translation>M4-Version</translation>
    </message>
    <message>
        <source>Set id</source>
        <translation>Set-Kennung</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>Gerät</translation>
    </message>
    <message>
        <source>Hardware revision</source>
        <translation>Hardware-Stand</translation>
    </message>
    <message>
        <source>Bootloader</source>
        <translation>Bootloader</translation>
    </message>
    <message>
        <source>Unique id</source>
        <translation>Eindeutige Kennung</translation>
    </message>
    <message>
        <source>Silicon revision</source>
        <translation>Chip-Revision</translation>
    </message>
    <message>
        <source>ROM version</source>
        <translation>ROM-Version</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>Start</translation>
    </message>
    <message>
        <source>Why in update mode</source>
        <translation>Grund für den Update-Modus</translation>
    </message>
    <message>
        <source>Reset cause</source>
        <translation>Reset-Ursache</translation>
    </message>
    <message>
        <source>Active slot</source>
        <translation>Aktiver Slot</translation>
    </message>
    <message>
        <source>Trial starts ended by a crash</source>
        <translation>Probestarts mit Absturz</translation>
    </message>
    <message>
        <source>Trial starts ended by power-off</source>
        <translation>Probestarts mit Abschalten</translation>
    </message>
    <message>
        <source>Slot %1</source>
        <translation>Slot %1</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>Grund</translation>
    </message>
    <message>
        <source>Verified since power-on</source>
        <translation>Seit dem Einschalten geprüft</translation>
    </message>
    <message>
        <source>M7 fault</source>
        <translation>M7-Fehler</translation>
    </message>
    <message>
        <source>M4 fault</source>
        <translation>M4-Fehler</translation>
    </message>
    <message>
        <source>Security counter</source>
        <translation>Sicherheitszähler</translation>
    </message>
    <message>
        <source>Key index</source>
        <translation>Schlüsselindex</translation>
    </message>
    <message>
        <source>Flags</source>
        <translation>Merkmale</translation>
    </message>
    <message>
        <source>Updates</source>
        <translation>Updates</translation>
    </message>
    <message>
        <source>Lowest security counter</source>
        <translation>Niedrigster Sicherheitszähler</translation>
    </message>
    <message>
        <source>Lowest key index</source>
        <translation>Niedrigster Schlüsselindex</translation>
    </message>
    <message>
        <source>Last refusal</source>
        <translation>Letzte Ablehnung</translation>
    </message>
    <message>
        <source>Unfinished download into slot</source>
        <translation>Unfertige Übertragung in Slot</translation>
    </message>
    <message>
        <source>Unfinished download</source>
        <translation>Unfertige Übertragung</translation>
    </message>
    <message>
        <source>Flash since power-on</source>
        <translation>Flash seit dem Einschalten</translation>
    </message>
    <message>
        <source>Erased sectors</source>
        <translation>Gelöschte Sektoren</translation>
    </message>
    <message>
        <source>Programmed words</source>
        <translation>Geschriebene Wörter</translation>
    </message>
    <message>
        <source>Corrected ECC errors</source>
        <translation>Korrigierte ECC-Fehler</translation>
    </message>
    <message>
        <source>Option bytes</source>
        <translation>Option-Bytes</translation>
    </message>
    <message>
        <source>Read protection (RDP)</source>
        <translation>Leseschutz (RDP)</translation>
    </message>
    <message>
        <source>Write protection, bank 1</source>
        <translation>Schreibschutz, Bank 1</translation>
    </message>
    <message>
        <source>Write protection, bank 2</source>
        <translation>Schreibschutz, Bank 2</translation>
    </message>
    <message>
        <source>M4 starts by itself (BCM4)</source>
        <translation>M4 startet von selbst (BCM4)</translation>
    </message>
    <message>
        <source>Last fault</source>
        <translation>Letzter Fehler</translation>
    </message>
    <message>
        <source>Consecutive faults</source>
        <translation>Fehler in Folge</translation>
    </message>
    <message>
        <source>Fault status (CFSR)</source>
        <translation>Fehlerstatus (CFSR)</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>Adresse</translation>
    </message>
    <message>
        <source>ECC error at</source>
        <translation>ECC-Fehler bei</translation>
    </message>
    <message>
        <source>Journal</source>
        <translation>Journal</translation>
    </message>
    <message>
        <source>Health</source>
        <translation>Befund</translation>
    </message>
    <message>
        <source>Words used</source>
        <translation>Belegte Wörter</translation>
    </message>
    <message>
        <source>Word %1</source>
        <translation>Wort %1</translation>
    </message>
</context>
<context>
    <name>KnownCause</name>
    <message>
        <source>An update through ST&apos;s ROM loader was interrupted</source>
        <translation>Ein Update über STs ROM-Lader wurde unterbrochen</translation>
    </message>
    <message>
        <source>The old firmware was erased before the new one was written. Start into the ROM loader: BOOT0 high, then power off and on (a reset alone is not enough). Then program the board.</source>
        <translation>Die alte Firmware wurde gelöscht, bevor die neue geschrieben war. Starten Sie in den ROM-Lader: BOOT0 auf high, dann Strom aus und ein (ein Reset allein reicht nicht). Programmieren Sie dann die Platine.</translation>
    </message>
    <message>
        <source>ROM loader V9.0 or V9.1 left bank 2 unwritten</source>
        <translation>ROM-Lader V9.0 oder V9.1 hat Bank 2 nicht beschrieben</translation>
    </message>
    <message>
        <source>Other tools hang or report success with holes in the M4&apos;s image. Program the board with this tool: it waits, reads everything back and writes again what differs.</source>
        <translation>Andere Werkzeuge hängen oder melden Erfolg trotz Lücken im Abbild des M4. Programmieren Sie die Platine mit diesem Werkzeug: Es wartet, liest alles zurück und schreibt neu, was abweicht.</translation>
    </message>
    <message>
        <source>A file was written that is no firmware image, or to a wrong address</source>
        <translation>Geschrieben wurde eine Datei, die keine Firmware ist, oder an eine falsche Adresse</translation>
    </message>
    <message>
        <source>Start into the ROM loader (BOOT0 high, power off and on) and program the board.</source>
        <translation>Starten Sie in den ROM-Lader (BOOT0 auf high, Strom aus und ein), und programmieren Sie die Platine.</translation>
    </message>
    <message>
        <source>The ROM loader does not come up</source>
        <translation>Der ROM-Lader erscheint nicht</translation>
    </message>
    <message>
        <source>Hold BOOT0 high while the power comes on, not only at a reset. V9.0 may need one more reset. Check the cable for data lines and 3.3 V at VDD33USB.</source>
        <translation>Halten Sie BOOT0 beim Einschalten auf high, nicht nur bei einem Reset. V9.0 kann einen weiteren Reset brauchen. Prüfen Sie, ob das Kabel Datenleitungen hat und ob an VDD33USB 3,3 V anliegen.</translation>
    </message>
    <message>
        <source>Firmware for another supply (SMPS or LDO) has run</source>
        <translation>Firmware für eine andere Versorgung (SMPS oder LDO) ist gelaufen</translation>
    </message>
    <message>
        <source>The core has no voltage, so USB and SWD are dead. BOOT0 high, power off and on, several times; then program the board.</source>
        <translation>Der Kern hat keine Spannung, darum sind USB und SWD tot. BOOT0 auf high, Strom aus und ein, mehrmals; programmieren Sie dann die Platine.</translation>
    </message>
    <message>
        <source>The supply setting is locked (PWR_CR3)</source>
        <translation>Die Einstellung der Versorgung ist gesperrt (PWR_CR3)</translation>
    </message>
    <message>
        <source>Only power off and on clears it, several times if need be, with BOOT0 high.</source>
        <translation>Nur Strom aus und ein hebt das auf, wenn nötig mehrmals, mit BOOT0 auf high.</translation>
    </message>
    <message>
        <source>A flash word was torn by a power cut</source>
        <translation>Ein Stromausfall hat ein Flash-Wort zerrissen</translation>
    </message>
    <message>
        <source>Reading it faults at every start. Our bootloader steps over such words and repairs the slot; where there is no such bootloader, program the board anew.</source>
        <translation>Es zu lesen scheitert bei jedem Start. Unser Bootloader übergeht solche Wörter und repariert den Slot; wo er fehlt, programmieren Sie die Platine neu.</translation>
    </message>
    <message>
        <source>Old error flags make the flash refuse</source>
        <translation>Alte Fehlermerker lassen den Flash ablehnen</translation>
    </message>
    <message>
        <source>Power off and on, then do the repair again.</source>
        <translation>Strom aus und ein, dann die Reparatur wiederholen.</translation>
    </message>
    <message>
        <source>A half-erased sector faults when it is read</source>
        <translation>Ein halb gelöschter Sektor scheitert beim Lesen</translation>
    </message>
    <message>
        <source>Write the release into both slots: each sector is erased before it is used.</source>
        <translation>Schreiben Sie das Release in beide Slots: Jeder Sektor wird gelöscht, bevor er benutzt wird.</translation>
    </message>
    <message>
        <source>The supply broke down while the flash was written</source>
        <translation>Die Versorgung brach beim Schreiben des Flashs ein</translation>
    </message>
    <message>
        <source>Write the release into both slots, on a good supply and a good cable; without our bootloader, program the board. Check option byte BOR_LEV = 3.</source>
        <translation>Schreiben Sie das Release in beide Slots, mit guter Versorgung und gutem Kabel; ohne unseren Bootloader programmieren Sie die Platine. Prüfen Sie Option-Byte BOR_LEV = 3.</translation>
    </message>
    <message>
        <source>Sectors are write-protected (WRP) or hidden (PCROP, secure area)</source>
        <translation>Sektoren sind schreibgeschützt (WRP) oder verborgen (PCROP, sicherer Bereich)</translation>
    </message>
    <message>
        <source>The ROM loader ignores writes to them and reports success. Clear WRP with an ST-LINK.</source>
        <translation>Der ROM-Lader übergeht Schreibzugriffe darauf und meldet Erfolg. Heben Sie WRP mit einem ST-LINK auf.</translation>
    </message>
    <message>
        <source>The chip is read-protected (RDP level 1)</source>
        <translation>Der Chip ist lesegeschützt (RDP Stufe 1)</translation>
    </message>
    <message>
        <source>The chip is read-protected for ever (RDP level 2)</source>
        <translation>Der Chip ist für immer lesegeschützt (RDP Stufe 2)</translation>
    </message>
    <message>
        <source>No tool opens it again: replace the chip.</source>
        <translation>Kein Werkzeug öffnet ihn wieder: Ersetzen Sie den Chip.</translation>
    </message>
    <message>
        <source>Boot addresses, BCM7 or SWAP_BANK were changed</source>
        <translation>Startadressen, BCM7 oder SWAP_BANK wurden geändert</translation>
    </message>
    <message>
        <source>Nothing runs at 0x08000000. Set the option bytes back with an ST-LINK, under reset.</source>
        <translation>An 0x08000000 läuft nichts. Setzen Sie die Option-Bytes mit einem ST-LINK zurück, unter Reset.</translation>
    </message>
    <message>
        <source>Reset was pulled while option bytes were written</source>
        <translation>Ein Reset kam, während Option-Bytes geschrieben wurden</translation>
    </message>
    <message>
        <source>Power off and on, BOOT0 high; then read and set the option bytes with an ST-LINK, under reset.</source>
        <translation>Strom aus und ein, BOOT0 auf high; lesen und setzen Sie dann die Option-Bytes mit einem ST-LINK, unter Reset.</translation>
    </message>
    <message>
        <source>The M4 starts by itself (option byte BCM4 = 1)</source>
        <translation>Der M4 startet von selbst (Option-Byte BCM4 = 1)</translation>
    </message>
    <message>
        <source>The unit was not set up completely. Set BCM4 = 0 with an ST-LINK.</source>
        <translation>Das Gerät wurde nicht vollständig eingerichtet. Setzen Sie BCM4 = 0 mit einem ST-LINK.</translation>
    </message>
    <message>
        <source>A debug probe was left on the board</source>
        <translation>Ein Debug-Adapter blieb an der Platine</translation>
    </message>
    <message>
        <source>Take it off and switch the power off and on.</source>
        <translation>Nehmen Sie ihn ab, und schalten Sie den Strom aus und ein.</translation>
    </message>
    <message>
        <source>Something else</source>
        <translation>Etwas anderes</translation>
    </message>
    <message>
        <source>Nothing is on the bus, with a data cable and after a power cycle</source>
        <translation>Nichts ist am Bus, mit Datenkabel und nach Strom aus und ein</translation>
    </message>
    <message>
        <source>Still nothing with BOOT0 high while the power came on</source>
        <translation>Immer noch nichts, obwohl BOOT0 beim Einschalten high war</translation>
    </message>
    <message>
        <source>The ROM loader is on the bus</source>
        <translation>Der ROM-Lader ist am Bus</translation>
    </message>
    <message>
        <source>A tool hangs in the ROM loader, or what it wrote is not there</source>
        <translation>Ein Werkzeug hängt im ROM-Lader, oder was es schrieb, ist nicht da</translation>
    </message>
    <message>
        <source>HX-0619: the flash does not change</source>
        <translation>HX-0619: Der Flash ändert sich nicht</translation>
    </message>
    <message>
        <source>HX-0618: the chip is read-protected</source>
        <translation>HX-0618: Der Chip ist lesegeschützt</translation>
    </message>
    <message>
        <source>Our bootloader reports faults or flash errors</source>
        <translation>Unser Bootloader meldet Fehler oder Flash-Fehler</translation>
    </message>
    <message>
        <source>HX-0615: the unit is not provisioned</source>
        <translation>HX-0615: Das Gerät ist nicht eingerichtet</translation>
    </message>
    <message>
        <source>Nothing, and an ST-LINK is on the board</source>
        <translation>Nichts, und ein ST-LINK ist an der Platine</translation>
    </message>
    <message>
        <source>The ST-LINK gets no answer</source>
        <translation>Der ST-LINK bekommt keine Antwort</translation>
    </message>
    <message>
        <source>Look at the list of devices</source>
        <translation>Zur Liste der Geräte</translation>
    </message>
    <message>
        <source>Program it through the ROM loader</source>
        <translation>Über den ROM-Lader programmieren</translation>
    </message>
    <message>
        <source>Use an ST-LINK</source>
        <translation>Einen ST-LINK benutzen</translation>
    </message>
    <message>
        <source>Removing it erases everything, and no program of ours does that. Use ST&apos;s programmer with an ST-LINK, on purpose; then program the board as a new one.</source>
        <translation>Ihn aufzuheben löscht alles, und das tut keines unserer Programme. Tun Sie es bewusst, mit dem Programmierwerkzeug von ST und einem ST-LINK; danach programmieren Sie die Platine wie eine neue.</translation>
    </message>
</context>
<context>
    <name>QPlatformTheme</name>
    <message>
        <source>OK</source>
        <translation>OK</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>&amp;Yes</source>
        <translation>&amp;Ja</translation>
    </message>
    <message>
        <source>&amp;No</source>
        <translation>&amp;Nein</translation>
    </message>
</context>
<context>
    <name>QWidgetTextControl</name>
    <message>
        <source>&amp;Copy</source>
        <translation>&amp;Kopieren</translation>
    </message>
    <message>
        <source>Copy &amp;Link Location</source>
        <translation>&amp;Link-Adresse kopieren</translation>
    </message>
    <message>
        <source>Select All</source>
        <translation>Alles auswählen</translation>
    </message>
</context>
<context>
    <name>Scene</name>
    <message>
        <source>One moment</source>
        <translation>Einen Moment</translation>
    </message>
    <message>
        <source>Looking at your device.</source>
        <translation>Ihr Gerät wird angesehen.</translation>
    </message>
    <message>
        <source>Connect your device</source>
        <translation>Schließen Sie Ihr Gerät an</translation>
    </message>
    <message>
        <source>Plug your %1 into this computer with a USB data cable. It is found by itself.</source>
        <translation>Verbinden Sie Ihr Gerät „%1“ über ein USB-Datenkabel mit diesem Computer. Es wird von selbst gefunden.</translation>
    </message>
    <message>
        <source>Which device?</source>
        <translation>Welches Gerät?</translation>
    </message>
    <message>
        <source>Several devices are connected. Choose one above; the others are left alone.</source>
        <translation>Mehrere Geräte sind angeschlossen. Wählen Sie oben eines aus; die anderen bleiben unberührt.</translation>
    </message>
    <message>
        <source>Open update file…</source>
        <translation>Update-Datei öffnen …</translation>
    </message>
    <message>
        <source>Your device is connected</source>
        <translation>Ihr Gerät ist verbunden</translation>
    </message>
    <message>
        <source>Open the update file that you have received, or drop it here.</source>
        <translation>Öffnen Sie die Update-Datei, die Sie erhalten haben, oder ziehen Sie sie hierher.</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>Noch einmal nachsehen</translation>
    </message>
    <message>
        <source>Your device is up to date</source>
        <translation>Ihr Gerät ist auf dem neuesten Stand</translation>
    </message>
    <message>
        <source>There is nothing to do.</source>
        <translation>Es ist nichts zu tun.</translation>
    </message>
    <message>
        <source>From version %1 to version %2. It takes about half a minute.</source>
        <translation>Von Version %1 auf Version %2. Das dauert etwa eine halbe Minute.</translation>
    </message>
    <message>
        <source>Version %1. It takes about half a minute.</source>
        <translation>Version %1. Das dauert etwa eine halbe Minute.</translation>
    </message>
    <message>
        <source>Open another file…</source>
        <translation>Andere Datei öffnen …</translation>
    </message>
    <message>
        <source>This file is older</source>
        <translation>Diese Datei ist älter</translation>
    </message>
    <message>
        <source>Your device has a newer version already. You can go back to the older one.</source>
        <translation>Ihr Gerät hat schon eine neuere Version. Sie können zur älteren zurückkehren.</translation>
    </message>
    <message>
        <source>Install older version</source>
        <translation>Ältere Version installieren</translation>
    </message>
    <message>
        <source>An update is ready</source>
        <translation>Ein Update ist bereit</translation>
    </message>
    <message>
        <source>Your device keeps working if anything interrupts the update.</source>
        <translation>Ihr Gerät arbeitet weiter, wenn etwas das Update unterbricht.</translation>
    </message>
    <message>
        <source>Update</source>
        <translation>Aktualisieren</translation>
    </message>
    <message>
        <source>Stopping at a safe point.</source>
        <translation>Es wird an einer sicheren Stelle angehalten.</translation>
    </message>
    <message>
        <source>You can unplug at any time; it continues when you plug in again.</source>
        <translation>Sie können das Gerät jederzeit abziehen; es geht weiter, wenn Sie es wieder anschließen.</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Updating to version %1</source>
        <translation>Update auf Version %1 läuft</translation>
    </message>
    <message>
        <source>Plug your device in again</source>
        <translation>Schließen Sie Ihr Gerät wieder an</translation>
    </message>
    <message>
        <source>Nothing is lost. The update continues by itself, on any USB port.</source>
        <translation>Es ist nichts verloren. Das Update geht von selbst weiter, an jedem USB-Anschluss.</translation>
    </message>
    <message>
        <source>Your device is waiting for its software</source>
        <translation>Ihr Gerät wartet auf seine Software</translation>
    </message>
    <message>
        <source>An update was not finished. Nothing is lost: it can be finished now.</source>
        <translation>Ein Update wurde nicht abgeschlossen. Es ist nichts verloren: Es kann jetzt abgeschlossen werden.</translation>
    </message>
    <message>
        <source>It cannot start by itself at the moment. Installing its software again repairs it.</source>
        <translation>Es kann im Moment nicht von selbst starten. Wird seine Software neu installiert, ist es repariert.</translation>
    </message>
    <message>
        <source>Repair</source>
        <translation>Reparieren</translation>
    </message>
    <message>
        <source>Version %1 will be installed. It takes about half a minute.</source>
        <translation>Version %1 wird installiert. Das dauert etwa eine halbe Minute.</translation>
    </message>
    <message>
        <source>Open the update file that you have received.</source>
        <translation>Öffnen Sie die Update-Datei, die Sie erhalten haben.</translation>
    </message>
    <message>
        <source>Version %1 is installed and checked. This device cannot report its start.</source>
        <translation>Version %1 ist installiert und geprüft. Dieses Gerät kann seinen Start nicht melden.</translation>
    </message>
    <message>
        <source>Your device runs version %1 and has confirmed it.</source>
        <translation>Ihr Gerät läuft mit Version %1 und hat sie bestätigt.</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Fertig</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>Device at USB port %1</source>
        <translation>Gerät am USB-Anschluss %1</translation>
    </message>
    <message>
        <source>%1, USB port %2</source>
        <translation>%1, USB-Anschluss %2</translation>
    </message>
    <message>
        <source>Looking at the device</source>
        <translation>Das Gerät wird angesehen</translation>
    </message>
    <message>
        <source>Getting the device ready</source>
        <translation>Das Gerät wird vorbereitet</translation>
    </message>
    <message>
        <source>Sending the update</source>
        <translation>Das Update wird gesendet</translation>
    </message>
    <message>
        <source>Starting the new version</source>
        <translation>Die neue Version wird gestartet</translation>
    </message>
    <message>
        <source>The device puts it in place</source>
        <translation>Das Gerät setzt es ein</translation>
    </message>
    <message>
        <source>The new version checks itself</source>
        <translation>Die neue Version prüft sich</translation>
    </message>
    <message>
        <source>Waiting for the device</source>
        <translation>Es wird auf das Gerät gewartet</translation>
    </message>
    <message>
        <source>a few seconds left</source>
        <translation>noch einige Sekunden</translation>
    </message>
    <message>
        <source>about %1 seconds left</source>
        <translation>noch etwa %1 Sekunden</translation>
    </message>
    <message numerus="yes">
        <source>about %n minute(s) left</source>
        <translation>
            <numerusform>noch etwa eine Minute</numerusform>
            <numerusform>noch etwa %n Minuten</numerusform>
        </translation>
    </message>
    <message>
        <source>Version %1, serial number %2</source>
        <translation>Version %1, Seriennummer %2</translation>
    </message>
    <message>
        <source>Serial number %1</source>
        <translation>Seriennummer %1</translation>
    </message>
    <message>
        <source>Version %1 of %2, serial number %3</source>
        <translation>Version %1 vom %2, Seriennummer %3</translation>
    </message>
    <message>
        <source>d MMMM yyyy</source>
        <translation>d. MMMM yyyy</translation>
    </message>
    <message>
        <source>Other file…</source>
        <translation>Andere Datei …</translation>
    </message>
    <message>
        <source>Your device is being repaired</source>
        <translation>Ihr Gerät wird repariert</translation>
    </message>
</context>
<context>
    <name>SlotFacts</name>
    <message>
        <source>none</source>
        <translation>keine</translation>
    </message>
    <message>
        <source>%1 in a row, CFSR 0x%2 at 0x%3</source>
        <translation>%1 hintereinander, CFSR 0x%2 bei 0x%3</translation>
    </message>
    <message>
        <source>Holds</source>
        <translation>Inhalt</translation>
    </message>
    <message>
        <source>Release</source>
        <translation>Release</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>Warum</translation>
    </message>
    <message>
        <source>M7 image</source>
        <translation>M7-Image</translation>
    </message>
    <message>
        <source>M4 image</source>
        <translation>M4-Image</translation>
    </message>
    <message>
        <source>Security counter</source>
        <translation>Sicherheitszähler</translation>
    </message>
    <message>
        <source>In update mode because</source>
        <translation>Im Update-Modus wegen</translation>
    </message>
    <message>
        <source>Active slot</source>
        <translation>Aktiver Slot</translation>
    </message>
    <message>
        <source>Trial starts used up</source>
        <translation>Verbrauchte Probestarts</translation>
    </message>
    <message>
        <source>%1 by crashes, %2 by switching off</source>
        <translation>%1 durch Abstürze, %2 durch Ausschalten</translation>
    </message>
    <message>
        <source>Floor</source>
        <translation>Untergrenze</translation>
    </message>
    <message>
        <source>security counter %1, key %2</source>
        <translation>Sicherheitszähler %1, Schlüssel %2</translation>
    </message>
    <message>
        <source>Journal</source>
        <translation>Journal</translation>
    </message>
    <message>
        <source>%1, %2 words used</source>
        <translation>%1, %2 Wörter belegt</translation>
    </message>
    <message>
        <source>Faults of the bootloader</source>
        <translation>Fehler des Bootloaders</translation>
    </message>
    <message>
        <source>Bootloader</source>
        <translation>Bootloader</translation>
    </message>
    <message>
        <source>Runs from</source>
        <translation>Läuft aus</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>confirmed</source>
        <translation>bestätigt</translation>
    </message>
    <message>
        <source>on trial</source>
        <translation>auf Probe</translation>
    </message>
    <message>
        <source>Slot %1</source>
        <translation>Slot %1</translation>
    </message>
</context>
<context>
    <name>TechnicianSteps</name>
    <message>
        <source>Take all power away for some seconds.</source>
        <translation>Nehmen Sie der Platine für einige Sekunden allen Strom.</translation>
    </message>
    <message>
        <source>Do it once more: nothing that was done is lost.</source>
        <translation>Wiederholen Sie es: Was getan ist, geht nicht verloren.</translation>
    </message>
    <message>
        <source>Try another cable, another port, or a hub between computer and board.</source>
        <translation>Versuchen Sie ein anderes Kabel, einen anderen Anschluss oder einen Hub zwischen Computer und Platine.</translation>
    </message>
    <message>
        <source>If it comes again, save a report for support.</source>
        <translation>Kommt es wieder, speichern Sie einen Bericht für den Support.</translation>
    </message>
    <message>
        <source>Hold BOOT0 high while the power comes on. A reset alone is not enough.</source>
        <translation>Halten Sie BOOT0 auf high, während der Strom eingeschaltet wird. Ein Reset allein reicht nicht.</translation>
    </message>
    <message>
        <source>If the loader does not come up, press reset once more while BOOT0 is high: version 9.0 may need that.</source>
        <translation>Erscheint der Lader nicht, lösen Sie bei BOOT0 auf high noch einen Reset aus: Version 9.0 kann das brauchen.</translation>
    </message>
    <message>
        <source>Allow access to the board, as the page “What can I do?” describes.</source>
        <translation>Erlauben Sie den Zugriff auf die Platine, wie es die Seite „Was kann ich tun?“ beschreibt.</translation>
    </message>
    <message>
        <source>Unplug the board and plug it in again.</source>
        <translation>Ziehen Sie die Platine ab und schließen Sie sie wieder an.</translation>
    </message>
    <message>
        <source>Choose a signed unit file. Its name ends in .h755factory.</source>
        <translation>Wählen Sie eine signierte Gerätedatei. Ihr Name endet auf .h755factory.</translation>
    </message>
    <message>
        <source>Get the file from the build server again if it does.</source>
        <translation>Ist sie das schon, holen Sie die Datei noch einmal vom Build-Server.</translation>
    </message>
    <message>
        <source>Measure the supply while it is written: 2.7 V at least.</source>
        <translation>Messen Sie die Versorgung, während geschrieben wird: mindestens 2,7 V.</translation>
    </message>
    <message>
        <source>Otherwise the flash is worn: set the board aside.</source>
        <translation>Sonst ist der Flash verschlissen: Legen Sie die Platine beiseite.</translation>
    </message>
    <message>
        <source>Nothing was erased. Only removing the protection opens the chip, and that erases everything.</source>
        <translation>Es wurde nichts gelöscht. Nur ohne den Schutz ist der Chip zugänglich, und ihn aufzuheben löscht alles.</translation>
    </message>
    <message>
        <source>If that is what you want, do it on purpose, with a programmer.</source>
        <translation>Wollen Sie das, tun Sie es bewusst, mit einem Programmiergerät.</translation>
    </message>
    <message>
        <source>Then program the board as a new one.</source>
        <translation>Programmieren Sie die Platine danach wie eine neue.</translation>
    </message>
    <message>
        <source>Connect the ST-LINK with a data cable.</source>
        <translation>Verbinden Sie den ST-LINK mit einem Datenkabel.</translation>
    </message>
    <message>
        <source>With several, type the serial number of the one that you mean. The number on its label is not always that one.</source>
        <translation>Sind es mehrere, geben Sie die Seriennummer des gemeinten ein. Die Nummer auf dem Etikett ist nicht immer diese.</translation>
    </message>
    <message>
        <source>Compare the id above with the one that you typed.</source>
        <translation>Vergleichen Sie die Kennung oben mit der eingegebenen.</translation>
    </message>
    <message>
        <source>Connect the ST-LINK to the unit that you mean.</source>
        <translation>Verbinden Sie den ST-LINK mit dem gemeinten Gerät.</translation>
    </message>
    <message>
        <source>Install OpenOCD 0.12 or newer from your system&apos;s packages.</source>
        <translation>Installieren Sie OpenOCD 0.12 oder neuer aus den Paketen Ihres Systems.</translation>
    </message>
    <message>
        <source>If it is in another folder than usual, start this program with --openocd and its path.</source>
        <translation>Liegt es nicht im üblichen Ordner, starten Sie dieses Programm mit --openocd und dem Pfad.</translation>
    </message>
    <message>
        <source>Read above which field is meant.</source>
        <translation>Lesen Sie oben, welches Feld gemeint ist.</translation>
    </message>
    <message>
        <source>Do it once more. If it stays, set the board aside.</source>
        <translation>Wiederholen Sie es. Bleibt es dabei, legen Sie die Platine beiseite.</translation>
    </message>
    <message>
        <source>Check the cable from the ST-LINK to the board, and the board&apos;s power.</source>
        <translation>Prüfen Sie das Kabel vom ST-LINK zur Platine und deren Stromversorgung.</translation>
    </message>
    <message>
        <source>Hold BOOT0 high while the power comes on: firmware that turns off its own supply or the debug pins does not run then.</source>
        <translation>Halten Sie BOOT0 auf high, während der Strom eingeschaltet wird: Firmware, die ihre Versorgung oder die Debug-Pins abschaltet, läuft dann nicht.</translation>
    </message>
    <message>
        <source>Unplug the ST-LINK and plug it in again.</source>
        <translation>Ziehen Sie den ST-LINK ab und schließen Sie ihn wieder an.</translation>
    </message>
    <message>
        <source>Connect the board that you began with.</source>
        <translation>Schließen Sie die Platine an, mit der Sie begonnen haben.</translation>
    </message>
    <message>
        <source>Close other programs that use it, such as an IDE or a debug server.</source>
        <translation>Schließen Sie andere Programme, die darauf zugreifen, etwa eine IDE oder einen Debug-Server.</translation>
    </message>
    <message>
        <source>The image is in place. Go on with the ST-LINK: it sets the option bytes.</source>
        <translation>Das Abbild ist geschrieben. Machen Sie mit dem ST-LINK weiter: Er setzt die Option-Bytes.</translation>
    </message>
    <message>
        <source>Nothing was written. Look for the board that you mean: this one has another chip.</source>
        <translation>Es wurde nichts geschrieben. Suchen Sie die gemeinte Platine: Diese hat einen anderen Chip.</translation>
    </message>
    <message>
        <source>Go on with the ST-LINK: only that way the protection can be removed.</source>
        <translation>Machen Sie mit dem ST-LINK weiter: Nur so lässt sich der Schutz aufheben.</translation>
    </message>
    <message>
        <source>Set BOOT0 low, and only then switch the power off and on.</source>
        <translation>Setzen Sie BOOT0 auf low, und schalten Sie erst dann den Strom aus und ein.</translation>
    </message>
    <message>
        <source>Connect the board&apos;s own USB port.</source>
        <translation>Verbinden Sie den USB-Anschluss der Platine selbst.</translation>
    </message>
    <message>
        <source>Wait again.</source>
        <translation>Warten Sie noch einmal.</translation>
    </message>
    <message>
        <source>Wait again: the release has started and is still on trial.</source>
        <translation>Warten Sie noch einmal: Das Release ist gestartet und noch auf Probe.</translation>
    </message>
</context>
<context>
    <name>gui::AccessRule</name>
    <message>
        <source>Access was not granted.</source>
        <translation>Der Zugriff wurde nicht erlaubt.</translation>
    </message>
    <message>
        <source>This system cannot ask for the password. Please install %1.</source>
        <translation>Dieses System kann nicht nach dem Passwort fragen. Bitte installieren Sie %1.</translation>
    </message>
    <message>
        <source>Windows needs no permission for this. Please close other programs that use the device.</source>
        <translation>Windows braucht dafür keine Erlaubnis. Bitte schließen Sie andere Programme, die das Gerät benutzen.</translation>
    </message>
</context>
<context>
    <name>gui::CustomerWindow</name>
    <message>
        <source>Copy details</source>
        <translation>Einzelheiten kopieren</translation>
    </message>
    <message>
        <source>Open update file</source>
        <translation>Update-Datei öffnen</translation>
    </message>
    <message>
        <source>Update files (*.h755);;All files (*)</source>
        <translation>Update-Dateien (*.h755);;Alle Dateien (*)</translation>
    </message>
    <message>
        <source>Install the older version? Your device will no longer have what newer versions brought.</source>
        <translation>Die ältere Version installieren? Ihr Gerät hat dann nicht mehr, was neuere Versionen gebracht haben.</translation>
    </message>
    <message>
        <source>Install older version</source>
        <translation>Ältere Version installieren</translation>
    </message>
    <message>
        <source>This update replaces the only version on your device. It is checked before it starts, but the device cannot go back to the version before it.</source>
        <translation>Dieses Update ersetzt die einzige Version auf Ihrem Gerät. Es wird geprüft, bevor es startet, aber das Gerät kann nicht zur Version davor zurückkehren.</translation>
    </message>
    <message>
        <source>The update is not finished. You can stop now: your device stays as it is and the update continues from here next time.</source>
        <translation>Das Update ist nicht fertig. Sie können jetzt anhalten: Ihr Gerät bleibt, wie es ist, und das Update geht beim nächsten Mal hier weiter.</translation>
    </message>
    <message>
        <source>Continue updating</source>
        <translation>Update fortsetzen</translation>
    </message>
    <message>
        <source>Stop and close</source>
        <translation>Anhalten und schließen</translation>
    </message>
    <message>
        <source>Save report</source>
        <translation>Bericht speichern</translation>
    </message>
    <message>
        <source>Zip files (*.zip)</source>
        <translation>Zip-Dateien (*.zip)</translation>
    </message>
    <message>
        <source>The report is saved. It holds no names and nothing of other devices.</source>
        <translation>Der Bericht ist gespeichert. Er enthält keine Namen und nichts von anderen Geräten.</translation>
    </message>
    <message>
        <source>Access is allowed now.</source>
        <translation>Der Zugriff ist jetzt erlaubt.</translation>
    </message>
</context>
<context>
    <name>gui::Header</name>
    <message>
        <source>Which device</source>
        <translation>Welches Gerät</translation>
    </message>
    <message>
        <source>Choose a device</source>
        <translation>Gerät wählen</translation>
    </message>
    <message>
        <source>Menu</source>
        <translation>Menü</translation>
    </message>
</context>
<context>
    <name>gui::HelpDialog</name>
    <message>
        <source>What can I do?</source>
        <translation>Was kann ich tun?</translation>
    </message>
    <message>
        <source>Possible causes</source>
        <translation>Mögliche Ursachen</translation>
    </message>
</context>
<context>
    <name>gui::Inspector</name>
    <message>
        <source>Read again</source>
        <translation>Neu lesen</translation>
    </message>
    <message>
        <source>Copy all</source>
        <translation>Alles kopieren</translation>
    </message>
    <message>
        <source>Save…</source>
        <translation>Speichern …</translation>
    </message>
    <message>
        <source>Device inspector</source>
        <translation>Geräteinspektor</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>Filter</translation>
    </message>
    <message>
        <source>What the device tells</source>
        <translation>Was das Gerät meldet</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Restart into update mode</source>
        <translation>In den Update-Modus neu starten</translation>
    </message>
    <message>
        <source>Restart into the application</source>
        <translation>In die Anwendung neu starten</translation>
    </message>
    <message>
        <source>An update is running. This is what the device said before it.</source>
        <translation>Ein Update läuft. Dies hat das Gerät davor gemeldet.</translation>
    </message>
    <message>
        <source>The device is restarting.</source>
        <translation>Das Gerät startet neu.</translation>
    </message>
    <message>
        <source>An application tells only what runs. In update mode the device tells everything.</source>
        <translation>Eine Anwendung meldet nur, was läuft. Im Update-Modus meldet das Gerät alles.</translation>
    </message>
    <message>
        <source>No device is chosen, or it is away.</source>
        <translation>Es ist kein Gerät gewählt, oder es ist nicht verbunden.</translation>
    </message>
    <message>
        <source>Save what the device tells</source>
        <translation>Speichern, was das Gerät meldet</translation>
    </message>
    <message>
        <source>Text files (*.txt)</source>
        <translation>Textdateien (*.txt)</translation>
    </message>
</context>
<context>
    <name>gui::InspectorModel</name>
    <message>
        <source>Part</source>
        <translation>Teil</translation>
    </message>
    <message>
        <source>What</source>
        <translation>Was</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>Wert</translation>
    </message>
</context>
<context>
    <name>gui::MainMenu</name>
    <message>
        <source>Open update file…</source>
        <translation>Update-Datei öffnen …</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>Noch einmal nachsehen</translation>
    </message>
    <message>
        <source>What can I do?</source>
        <translation>Was kann ich tun?</translation>
    </message>
    <message>
        <source>Save report…</source>
        <translation>Bericht speichern …</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Beenden</translation>
    </message>
    <message>
        <source>Technician mode</source>
        <translation>Technikermodus</translation>
    </message>
    <message>
        <source>Colours</source>
        <translation>Farben</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>Wie das System</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Hell</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Dunkel</translation>
    </message>
    <message>
        <source>High contrast</source>
        <translation>Hoher Kontrast</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Sprache</translation>
    </message>
    <message>
        <source>Log level</source>
        <translation>Protokollierung</translation>
    </message>
    <message>
        <source>Errors</source>
        <translation>Nur Fehler</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>Schritte</translation>
    </message>
    <message>
        <source>Everything</source>
        <translation>Alles</translation>
    </message>
    <message>
        <source>Device inspector…</source>
        <translation>Geräteinspektor …</translation>
    </message>
    <message>
        <source>Recovery wizard…</source>
        <translation>Rettungsassistent …</translation>
    </message>
</context>
<context>
    <name>gui::NotesView</name>
    <message>
        <source>What is new</source>
        <translation>Was ist neu</translation>
    </message>
</context>
<context>
    <name>gui::RecoveryBusPage</name>
    <message>
        <source>What can I do?</source>
        <translation>Was kann ich tun?</translation>
    </message>
    <message>
        <source>What is on the bus</source>
        <translation>Was am Bus ist</translation>
    </message>
    <message>
        <source>USB port</source>
        <translation>USB-Anschluss</translation>
    </message>
    <message>
        <source>What is there</source>
        <translation>Was dort ist</translation>
    </message>
    <message>
        <source>USB ids</source>
        <translation>USB-Kennungen</translation>
    </message>
    <message>
        <source>Which unit is it about?</source>
        <translation>Um welches Gerät geht es?</translation>
    </message>
    <message>
        <source>Nothing else on the bus is touched from here on.</source>
        <translation>Von hier an wird am Bus nichts anderes angerührt.</translation>
    </message>
    <message>
        <source>Choose it in the list.</source>
        <translation>Wählen Sie es in der Liste.</translation>
    </message>
    <message>
        <source>Nothing is there to be repaired</source>
        <translation>Nichts da, was zu reparieren wäre</translation>
    </message>
    <message>
        <source>Connect the unit with a USB data cable and switch it on. This list follows the bus by itself.</source>
        <translation>Verbinden Sie das Gerät mit einem USB-Datenkabel und schalten Sie es ein. Diese Liste folgt dem Bus von selbst.</translation>
    </message>
    <message>
        <source>What else can it be?</source>
        <translation>Was kann es sonst sein?</translation>
    </message>
</context>
<context>
    <name>gui::RecoveryCausesPage</name>
    <message>
        <source>What else can it be?</source>
        <translation>Was kann es sonst sein?</translation>
    </message>
    <message>
        <source>Say what you see. The likely causes are on top.</source>
        <translation>Sagen Sie, was Sie sehen. Die wahrscheinlichen Ursachen stehen oben.</translation>
    </message>
    <message>
        <source>What do you see?</source>
        <translation>Was sehen Sie?</translation>
    </message>
</context>
<context>
    <name>gui::RecoveryDiagnosisPage</name>
    <message>
        <source>Restart into update mode</source>
        <translation>In den Update-Modus neu starten</translation>
    </message>
    <message>
        <source>Copy these facts</source>
        <translation>Diese Angaben kopieren</translation>
    </message>
    <message>
        <source>The device restarts</source>
        <translation>Das Gerät startet neu</translation>
    </message>
    <message>
        <source>It comes back in update mode in a few seconds.</source>
        <translation>In wenigen Sekunden ist es im Update-Modus wieder da.</translation>
    </message>
</context>
<context>
    <name>gui::RecoveryProbePage</name>
    <message>
        <source>An ST-LINK is connected</source>
        <translation>Ein ST-LINK ist verbunden</translation>
    </message>
    <message>
        <source>A debug probe, for boards that say nothing over USB any more.</source>
        <translation>Ein Debug-Adapter, für Platinen, die über USB nichts mehr sagen.</translation>
    </message>
    <message>
        <source>The ST-LINK has left the bus</source>
        <translation>Der ST-LINK ist nicht mehr am Bus</translation>
    </message>
    <message>
        <source>Program the whole unit</source>
        <translation>Das ganze Gerät programmieren</translation>
    </message>
    <message>
        <source>Replace the bootloader only</source>
        <translation>Nur den Bootloader ersetzen</translation>
    </message>
    <message>
        <source>It reaches the chip past all software. It is needed only where neither our bootloader nor the ROM loader answers, for option bytes such as BCM4, and for another bootloader. If the board answers over its own USB port, choose “Look again” instead.</source>
        <translation>Er erreicht den Chip an aller Software vorbei. Nötig ist er nur, wo weder unser Bootloader noch der ROM-Lader antwortet, für Option-Bytes wie BCM4 und für einen anderen Bootloader. Antwortet die Platine an ihrem eigenen USB-Anschluss, wählen Sie stattdessen „Noch einmal nachsehen“.</translation>
    </message>
    <message>
        <source>Bootloader, release, journal and option bytes, as on a production line. What is there already is not written again.</source>
        <translation>Bootloader, Release, Journal und Option-Bytes, wie in der Fertigung. Was schon da ist, wird nicht noch einmal geschrieben.</translation>
    </message>
    <message>
        <source>The bootloader&apos;s sector and the option bytes. Firmware and journal stay. In service only: a unit that is cut off meanwhile starts again only after the same repair.</source>
        <translation>Der Sektor des Bootloaders und die Option-Bytes. Firmware und Journal bleiben. Nur in der Werkstatt: Ein Gerät, das dabei den Strom verliert, startet erst nach derselben Reparatur wieder.</translation>
    </message>
    <message>
        <source>Type the unit&apos;s id, 24 digits: no other unit is changed</source>
        <translation>Tippen Sie die Kennung des Geräts ein, 24 Stellen: Kein anderes wird verändert</translation>
    </message>
    <message>
        <source>Serial number of the ST-LINK, only where there are several</source>
        <translation>Seriennummer des ST-LINK, nur wenn es mehrere sind</translation>
    </message>
    <message>
        <source>Replace the bootloader</source>
        <translation>Bootloader ersetzen</translation>
    </message>
    <message>
        <source>Program the unit</source>
        <translation>Gerät programmieren</translation>
    </message>
    <message>
        <source>Connect an ST-LINK</source>
        <translation>Schließen Sie einen ST-LINK an</translation>
    </message>
    <message>
        <source>Connect it to this computer and to the board, and switch the board on.</source>
        <translation>Verbinden Sie ihn mit diesem Computer und mit der Platine, und schalten Sie die Platine ein.</translation>
    </message>
</context>
<context>
    <name>gui::RecoveryProgramPage</name>
    <message>
        <source>Stop</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Weitermachen</translation>
    </message>
    <message>
        <source>Go on with the ST-LINK</source>
        <translation>Mit dem ST-LINK weitermachen</translation>
    </message>
    <message>
        <source>Take all power away</source>
        <translation>Allen Strom wegnehmen</translation>
    </message>
    <message>
        <source>Progress of programming</source>
        <translation>Fortschritt beim Programmieren</translation>
    </message>
    <message>
        <source>Programming the board</source>
        <translation>Die Platine wird programmiert</translation>
    </message>
    <message>
        <source>Stopping behind this sector.</source>
        <translation>Nach diesem Sektor wird angehalten.</translation>
    </message>
    <message>
        <source>You can stop or unplug at any time: the bootloader comes last, and until then the ROM loader is back at each start.</source>
        <translation>Sie können jederzeit anhalten oder abziehen: Der Bootloader kommt zuletzt, und bis dahin meldet sich bei jedem Start wieder der ROM-Lader.</translation>
    </message>
    <message>
        <source>Sector %1 of %2 is erased, written and read back.</source>
        <translation>Sektor %1 von %2 wird gelöscht, geschrieben und zurückgelesen.</translation>
    </message>
    <message>
        <source>%1 of %2 bytes are safely in the flash.</source>
        <translation>%1 von %2 Bytes sind sicher im Flash.</translation>
    </message>
    <message>
        <source>Now set BOOT0 low and switch the power off and on</source>
        <translation>Setzen Sie jetzt BOOT0 auf low und schalten Sie den Strom aus und ein</translation>
    </message>
    <message>
        <source>The ROM loader is back: BOOT0 is still high, or the power was not off.</source>
        <translation>Der ROM-Lader ist wieder da: BOOT0 ist noch high, oder der Strom war nicht aus.</translation>
    </message>
    <message>
        <source>Everything is written and read back. This page waits for the unit.</source>
        <translation>Alles ist geschrieben und zurückgelesen. Diese Seite wartet auf das Gerät.</translation>
    </message>
    <message>
        <source>Set BOOT0 low: release the button, or remove the jumper.</source>
        <translation>Setzen Sie BOOT0 auf low: Lassen Sie den Taster los, oder entfernen Sie die Brücke.</translation>
    </message>
    <message>
        <source>Take all power away for a few seconds: USB and every other supply. A reset alone is not enough.</source>
        <translation>Nehmen Sie für einige Sekunden allen Strom weg: USB und jede andere Versorgung. Ein Reset allein reicht nicht.</translation>
    </message>
    <message>
        <source>Plug in again.</source>
        <translation>Schließen Sie sie wieder an.</translation>
    </message>
    <message>
        <source>Waiting for the unit on port %1.</source>
        <translation>Warten auf das Gerät an Anschluss %1.</translation>
    </message>
    <message>
        <source>Waiting for unit %1, on any port.</source>
        <translation>Warten auf Gerät %1, gleich an welchem Anschluss.</translation>
    </message>
    <message>
        <source>The board runs %1</source>
        <translation>Die Platine läuft mit %1</translation>
    </message>
    <message>
        <source>Unit %1 itself reports it, confirmed.</source>
        <translation>Gerät %1 meldet es selbst, bestätigt.</translation>
    </message>
    <message>
        <source>The board has not started yet</source>
        <translation>Die Platine ist noch nicht gestartet</translation>
    </message>
    <message>
        <source>Everything is written and read back; nothing has to be repeated.</source>
        <translation>Alles ist geschrieben und zurückgelesen; nichts muss wiederholt werden.</translation>
    </message>
    <message>
        <source>The board could not be programmed</source>
        <translation>Die Platine ließ sich nicht programmieren</translation>
    </message>
    <message>
        <source>What was written stays. Our bootloader comes last and is not in place.</source>
        <translation>Was geschrieben ist, bleibt. Unser Bootloader kommt zuletzt und ist noch nicht da.</translation>
    </message>
    <message>
        <source>“Go on” writes all sectors again, which is always safe.</source>
        <translation>„Weitermachen“ schreibt alle Sektoren noch einmal; das ist immer sicher.</translation>
    </message>
    <message>
        <source>The board is back</source>
        <translation>Die Platine ist wieder da</translation>
    </message>
    <message>
        <source>Stopped between two sectors</source>
        <translation>Zwischen zwei Sektoren angehalten</translation>
    </message>
    <message>
        <source>This is another board</source>
        <translation>Das ist eine andere Platine</translation>
    </message>
    <message>
        <source>Nothing was written to it.</source>
        <translation>Auf sie wurde nichts geschrieben.</translation>
    </message>
    <message>
        <source>Plug the board in again</source>
        <translation>Schließen Sie die Platine wieder an</translation>
    </message>
    <message>
        <source>BOOT0 stays high. Nothing is lost: the board starts into its ROM loader, and no other one is taken instead.</source>
        <translation>BOOT0 bleibt auf high. Nichts ist verloren: Die Platine startet in ihren ROM-Lader, und keine andere wird an ihrer Stelle genommen.</translation>
    </message>
    <message>
        <source>Wait again</source>
        <translation>Noch einmal warten</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Noch einmal versuchen</translation>
    </message>
</context>
<context>
    <name>gui::RecoveryProofPage</name>
    <message>
        <source>Read back again</source>
        <translation>Noch einmal zurücklesen</translation>
    </message>
    <message>
        <source>The device is read back</source>
        <translation>Das Gerät wird zurückgelesen</translation>
    </message>
    <message>
        <source>Before</source>
        <translation>Vorher</translation>
    </message>
    <message>
        <source>After</source>
        <translation>Nachher</translation>
    </message>
    <message>
        <source>It restarts into update mode, tells what its slots hold, and starts again.</source>
        <translation>Es startet in den Update-Modus, sagt, was in seinen Slots ist, und startet wieder.</translation>
    </message>
    <message>
        <source>Proven: it runs %1</source>
        <translation>Bewiesen: Es läuft mit %1</translation>
    </message>
    <message>
        <source>That is what the device itself says, after another restart. Save a report for your files.</source>
        <translation>Das sagt das Gerät selbst, nach einem weiteren Neustart. Speichern Sie einen Bericht für Ihre Unterlagen.</translation>
    </message>
    <message>
        <source>Not proven</source>
        <translation>Nicht bewiesen</translation>
    </message>
    <message>
        <source>The device could not be read back as it should. Try again, or save a report.</source>
        <translation>Das Gerät ließ sich nicht wie erwartet zurücklesen. Versuchen Sie es noch einmal, oder speichern Sie einen Bericht.</translation>
    </message>
</context>
<context>
    <name>gui::RecoveryRepairPage</name>
    <message>
        <source>Open release file…</source>
        <translation>Release-Datei öffnen …</translation>
    </message>
    <message>
        <source>What is to be done?</source>
        <translation>Was ist zu tun?</translation>
    </message>
    <message>
        <source>The safest is on top. Each can be interrupted and continued.</source>
        <translation>Das Sicherste steht oben. Alles lässt sich unterbrechen und fortsetzen.</translation>
    </message>
    <message>
        <source>Nothing can be repaired like this. Go back to look at the unit.</source>
        <translation>So lässt sich nichts reparieren. Gehen Sie zurück und sehen Sie sich das Gerät an.</translation>
    </message>
    <message>
        <source>No release file is open.</source>
        <translation>Es ist keine Release-Datei geöffnet.</translation>
    </message>
    <message>
        <source>Opened release: %1</source>
        <translation>Geöffnetes Release: %1</translation>
    </message>
</context>
<context>
    <name>gui::RecoveryRescuePage</name>
    <message>
        <source>Copy the option bytes</source>
        <translation>Option-Bytes kopieren</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Noch einmal versuchen</translation>
    </message>
    <message>
        <source>The chip is worked on</source>
        <translation>Der Chip wird bearbeitet</translation>
    </message>
    <message>
        <source>Take all power away</source>
        <translation>Allen Strom wegnehmen</translation>
    </message>
    <message>
        <source>The ST-LINK works on the chip</source>
        <translation>Der ST-LINK bearbeitet den Chip</translation>
    </message>
    <message>
        <source>Stopping at a safe point.</source>
        <translation>An einer sicheren Stelle wird angehalten.</translation>
    </message>
    <message>
        <source>Each step is read back before the next. You can stop at any time and begin again.</source>
        <translation>Jeder Schritt wird vor dem nächsten zurückgelesen. Sie können jederzeit anhalten und neu beginnen.</translation>
    </message>
    <message>
        <source>✓ confirmed</source>
        <translation>✓ bestätigt</translation>
    </message>
    <message>
        <source>… under way</source>
        <translation>… läuft</translation>
    </message>
    <message>
        <source>✗ not confirmed</source>
        <translation>✗ nicht bestätigt</translation>
    </message>
    <message>
        <source>Option bytes as they were found; with them they can be set back:
%1</source>
        <translation>Die Option-Bytes, wie sie vorgefunden wurden; damit lassen sie sich zurücksetzen:
%1</translation>
    </message>
    <message>
        <source>Unit %1: %2 bytes were written, all read back; the option bytes are as wanted.</source>
        <translation>Gerät %1: %2 Bytes wurden geschrieben und alle zurückgelesen; die Option-Bytes sind wie gewünscht.</translation>
    </message>
    <message>
        <source>Remove the ST-LINK: the chip is still halted.</source>
        <translation>Entfernen Sie den ST-LINK: Der Chip ist noch angehalten.</translation>
    </message>
    <message>
        <source>Set BOOT0 low, and take all power away for a few seconds.</source>
        <translation>Setzen Sie BOOT0 auf low, und nehmen Sie für einige Sekunden allen Strom weg.</translation>
    </message>
    <message>
        <source>Connect the board&apos;s own USB port. When the unit runs, “Read it back” leads to the proof.</source>
        <translation>Verbinden Sie den USB-Anschluss der Platine selbst. Läuft das Gerät, führt „Zurücklesen“ zum Nachweis.</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>Angehalten</translation>
    </message>
    <message>
        <source>The chip could not be repaired</source>
        <translation>Der Chip ließ sich nicht reparieren</translation>
    </message>
    <message>
        <source>What is confirmed stays. “Try again” finds it and does the rest.</source>
        <translation>Was bestätigt ist, bleibt. „Noch einmal versuchen“ findet es vor und tut den Rest.</translation>
    </message>
    <message>
        <source>Unit and chip identified</source>
        <translation>Gerät und Chip erkannt</translation>
    </message>
    <message>
        <source>Flash compared</source>
        <translation>Flash verglichen</translation>
    </message>
    <message>
        <source>Write protection removed</source>
        <translation>Schreibschutz aufgehoben</translation>
    </message>
    <message>
        <source>Programmed and verified</source>
        <translation>Programmiert und geprüft</translation>
    </message>
    <message>
        <source>Option bytes set</source>
        <translation>Option-Bytes gesetzt</translation>
    </message>
    <message>
        <source>Read back</source>
        <translation>Zurückgelesen</translation>
    </message>
    <message>
        <source>The bootloader is replaced</source>
        <translation>Der Bootloader ist ersetzt</translation>
    </message>
    <message>
        <source>The unit is programmed</source>
        <translation>Das Gerät ist programmiert</translation>
    </message>
</context>
<context>
    <name>gui::RecoveryRomPage</name>
    <message>
        <source>An STM32 is in its ROM loader</source>
        <translation>Ein STM32 ist in seinem ROM-Lader</translation>
    </message>
    <message>
        <source>The chip&apos;s own loader runs instead of our bootloader.</source>
        <translation>Statt unseres Bootloaders läuft der eigene Lader des Chips.</translation>
    </message>
    <message>
        <source>The ROM loader has left the bus</source>
        <translation>Der ROM-Lader ist nicht mehr am Bus</translation>
    </message>
    <message>
        <source>A device of ours is there. Choose “Look again” to see whether it is the one.</source>
        <translation>Ein Gerät von uns ist da. Wählen Sie „Noch einmal nachsehen“, um zu sehen, ob es das richtige ist.</translation>
    </message>
    <message>
        <source>does not tell its version</source>
        <translation>nennt seine Version nicht</translation>
    </message>
    <message>
        <source>USB port</source>
        <translation>USB-Anschluss</translation>
    </message>
    <message>
        <source>ROM loader</source>
        <translation>ROM-Lader</translation>
    </message>
    <message>
        <source>Unit</source>
        <translation>Gerät</translation>
    </message>
    <message>
        <source>cannot be read in the ROM loader</source>
        <translation>im ROM-Lader nicht lesbar</translation>
    </message>
    <message>
        <source>Every STM32 starts it when pin BOOT0 is high while power comes on. If that is all: set BOOT0 low, take all power away for some seconds, plug in again and choose “Look again”. If the ROM loader is back, the flash holds no bootloader, and the board is programmed here.</source>
        <translation>Jeder STM32 startet ihn, wenn Pin BOOT0 beim Einschalten high ist. Ist es nur das: Setzen Sie BOOT0 auf low, nehmen Sie für einige Sekunden allen Strom weg, schließen Sie die Platine wieder an und wählen Sie „Noch einmal nachsehen“. Ist der ROM-Lader wieder da, ist kein Bootloader im Flash, und die Platine wird hier programmiert.</translation>
    </message>
    <message>
        <source>Bootloader, release and journal are erased and written anew. The bootloader comes last: until then the board starts into its ROM loader, so you can stop, unplug or lose the power at any time and go on.</source>
        <translation>Bootloader, Release und Journal werden gelöscht und neu geschrieben. Der Bootloader kommt zuletzt: Bis dahin startet die Platine in ihren ROM-Lader. Sie können also jederzeit anhalten, abziehen oder den Strom verlieren und dann weitermachen.</translation>
    </message>
    <message>
        <source>Several boards are in their ROM loader</source>
        <translation>Mehrere Platinen sind in ihrem ROM-Lader</translation>
    </message>
    <message>
        <source>Choose “Look again” and say which one it is about.</source>
        <translation>Wählen Sie „Noch einmal nachsehen“ und sagen Sie, um welche es geht.</translation>
    </message>
    <message>
        <source>No board is in its ROM loader</source>
        <translation>Keine Platine ist in ihrem ROM-Lader</translation>
    </message>
    <message>
        <source>To program the board, hold BOOT0 high and switch its power on; a reset alone is not enough.</source>
        <translation>Um die Platine zu programmieren, halten Sie BOOT0 auf high und schalten Sie ihren Strom ein; ein Reset allein reicht nicht.</translation>
    </message>
</context>
<context>
    <name>gui::RecoveryWizard</name>
    <message>
        <source>Recovery wizard</source>
        <translation>Rettungsassistent</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Zurück</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>Weiter</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Save report…</source>
        <translation>Bericht speichern …</translation>
    </message>
    <message>
        <source>Start the repair</source>
        <translation>Reparatur starten</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>Noch einmal nachsehen</translation>
    </message>
    <message>
        <source>Erase and program</source>
        <translation>Löschen und programmieren</translation>
    </message>
    <message>
        <source>Read it back</source>
        <translation>Zurücklesen</translation>
    </message>
</context>
<context>
    <name>gui::RecoveryWorkPage</name>
    <message>
        <source>Stop</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Progress of the repair</source>
        <translation>Fortschritt der Reparatur</translation>
    </message>
    <message>
        <source>Plug the device in again</source>
        <translation>Schließen Sie das Gerät wieder an</translation>
    </message>
    <message>
        <source>Nothing is lost. It goes on by itself, on any port; no other device is taken instead.</source>
        <translation>Es ist nichts verloren. Es geht von selbst weiter, an jedem Anschluss; kein anderes Gerät wird an seiner Stelle genommen.</translation>
    </message>
    <message>
        <source>The repair runs</source>
        <translation>Die Reparatur läuft</translation>
    </message>
    <message>
        <source>Stopping at a safe point.</source>
        <translation>Es wird an einer sicheren Stelle angehalten.</translation>
    </message>
    <message>
        <source>You can unplug at any time; it goes on when you plug in again.</source>
        <translation>Sie können jederzeit abziehen; es geht weiter, wenn Sie wieder anschließen.</translation>
    </message>
    <message>
        <source>The repair is done</source>
        <translation>Die Reparatur ist fertig</translation>
    </message>
    <message>
        <source>The device itself reports that it runs %1.</source>
        <translation>Das Gerät selbst meldet, dass es mit %1 läuft.</translation>
    </message>
    <message>
        <source>%1 is installed and verified. Its application cannot report its start.</source>
        <translation>%1 ist installiert und geprüft. Seine Anwendung kann ihren Start nicht melden.</translation>
    </message>
    <message>
        <source>The repair has not succeeded</source>
        <translation>Die Reparatur ist nicht gelungen</translation>
    </message>
    <message>
        <source>The device has kept what it could. Go back to choose again.</source>
        <translation>Das Gerät hat behalten, was es konnte. Gehen Sie zurück und wählen Sie neu.</translation>
    </message>
    <message>
        <source>The repair was stopped</source>
        <translation>Die Reparatur wurde angehalten</translation>
    </message>
    <message>
        <source>What has been sent is kept. Go back to continue.</source>
        <translation>Was gesendet ist, bleibt. Gehen Sie zurück, um fortzusetzen.</translation>
    </message>
</context>
<context>
    <name>gui::Stage</name>
    <message>
        <source>What can I do?</source>
        <translation>Was kann ich tun?</translation>
    </message>
    <message>
        <source>Progress of the update</source>
        <translation>Fortschritt des Updates</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Einzelheiten</translation>
    </message>
</context>
<context>
    <name>gui::UnitFileBox</name>
    <message>
        <source>Choose unit file…</source>
        <translation>Gerätedatei wählen …</translation>
    </message>
    <message>
        <source>It needs the signed unit file from the build server (.h755factory). It is checked before anything is written.</source>
        <translation>Nötig ist die signierte Gerätedatei vom Build-Server (.h755factory). Sie wird geprüft, bevor etwas geschrieben wird.</translation>
    </message>
    <message>
        <source>The signed unit file is verified:</source>
        <translation>Die signierte Gerätedatei ist geprüft:</translation>
    </message>
    <message>
        <source>Release</source>
        <translation>Release</translation>
    </message>
    <message>
        <source>SHA-256 of the bootloader</source>
        <translation>SHA-256 des Bootloaders</translation>
    </message>
    <message>
        <source>Choose unit file</source>
        <translation>Gerätedatei wählen</translation>
    </message>
    <message>
        <source>Signed unit files (*.h755factory)</source>
        <translation>Signierte Gerätedateien (*.h755factory)</translation>
    </message>
</context>
</TS>
