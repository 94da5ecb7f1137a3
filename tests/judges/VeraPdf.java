import java.io.FileInputStream;
import java.util.TreeSet;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;

/**
 * Validates many PDFs in one process: {@code VeraPdf FLAVOUR FILE...}, flavours as 2a, 3a, ua1.
 * A line for each file: {@code PASS} or {@code FAIL}, a tab, its path; below it, indented, each rule
 * that is broken, once. Exit 1 when any file fails.
 */
public final class VeraPdf {
    public static void main(String[] args) throws Exception {
        VeraGreenfieldFoundryProvider.initialise();
        PDFAFlavour flavour = PDFAFlavour.byFlavourId(args[0]);
        boolean failed = false;
        for (int i = 1; i < args.length; i++) {
            TreeSet<String> broken = new TreeSet<>();
            boolean compliant = false;
            try (PDFAParser parser = Foundries.defaultInstance().createParser(new FileInputStream(args[i]), flavour)) {
                PDFAValidator validator = Foundries.defaultInstance().createValidator(flavour, false);
                ValidationResult result = validator.validate(parser);
                compliant = result.isCompliant();
                for (TestAssertion assertion : result.getTestAssertions()) {
                    if (assertion.getStatus() == TestAssertion.Status.PASSED) continue;
                    broken.add(assertion.getRuleId().getClause() + "-" + assertion.getRuleId().getTestNumber()
                        + " " + assertion.getMessage().replaceAll("\\s+", " "));
                }
            } catch (Exception e) {
                broken.add("cannot be read: " + e);
            }
            failed |= !compliant;
            System.out.println((compliant ? "PASS\t" : "FAIL\t") + args[i]);
            for (String rule : broken) System.out.println("  " + rule.substring(0, Math.min(rule.length(), 240)));
        }
        System.exit(failed ? 1 : 0);
    }
}
